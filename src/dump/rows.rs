//! Reads Parquet, a row group at a time and only the columns that matter.

use super::failure::{Cause, Failure};
use super::jsonl::{Found, keep};
use super::reader::{Body, Context, Raw};
use super::record::{Content, Id, Place};
use crate::page::Format;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use std::collections::VecDeque;
use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// Rows that are unpacked at a time.
const BATCH: usize = 32;

/// A file of Parquet.
pub(super) struct Rows {
    file: File,
    metadata: ArrowReaderMetadata,
    /// The next row group.
    group: usize,
    open: Option<ParquetRecordBatchReader>,
    rows: VecDeque<Row>,
    record: u64,
    /// Rows of the open group that were read.
    read: i64,
    taken: u64,
}

/// A row, as far as it matters.
#[derive(Default)]
pub(super) struct Row {
    html: Value,
    text: Value,
    url: Value,
    id: Value,
    fields: String,
}

#[derive(Default)]
enum Value {
    /// Null, or there is no such column.
    #[default]
    Null,
    Text(String),
    /// Bytes that are not UTF-8.
    Bytes(Vec<u8>),
    Number(String),
    Other(&'static str),
}

impl Rows {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        // The schema that Arrow leaves in a file may ask for types of its own; the plain ones are all that is needed.
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let metadata = catch_unwind(AssertUnwindSafe(|| ArrowReaderMetadata::load(&file, options)));
        let metadata = metadata.map_err(|_| "its index makes the reader panic".to_owned());
        let metadata = metadata.and_then(|loaded| loaded.map_err(|error| error.to_string()));
        let metadata = metadata.map_err(|error| {
            let why = format!("is Parquet whose index, at its end, is missing or broken: {error}");
            io::Error::new(io::ErrorKind::InvalidData, why)
        })?;
        let rows = VecDeque::new();
        Ok(Self { file, metadata, group: 0, open: None, rows, record: 0, read: 0, taken: 0 })
    }

    pub(super) fn taken(&self) -> u64 {
        self.taken
    }

    pub(super) fn next(&mut self, context: &Arc<Context>) -> Option<Result<Raw, Failure>> {
        loop {
            if let Some(row) = self.rows.pop_front() {
                self.record += 1;
                let place = Place { offset: self.offset(self.group - 1), record: Some(self.record), line: None };
                if row.len() > context.max_record {
                    let cause = Cause::TooLong(context.max_record);
                    return Some(Err(Failure { source: context.source.clone(), place, id: row.id.id(), cause }));
                }
                return Some(Ok(Raw { body: Body::Row(row), place, context: context.clone() }));
            }
            if self.open.is_none() && self.group == self.metadata.metadata().num_row_groups() {
                return None;
            }
            // A reader that meets broken data fails, or, in some places, panics.
            let filled = catch_unwind(AssertUnwindSafe(|| self.fill(context)));
            let error = match filled {
                Ok(Ok(())) => continue,
                Ok(Err(error)) => error,
                Err(_) => "the reader panicked".to_owned(),
            };
            self.open = None;
            let group = self.group - 1;
            let lost = self.metadata.metadata().row_group(group).num_rows().saturating_sub(self.read);
            let at = self.offset(group);
            let resumed = (self.group < self.metadata.metadata().num_row_groups()).then(|| self.offset(self.group));
            let error = format!("the last {lost} rows of row group {group}: {error}");
            let cause = Cause::Corrupt { at, error, resumed };
            self.record = self.record.saturating_add(lost.max(0) as u64);
            let place = Place { offset: at, ..Place::default() };
            return Some(Err(Failure { source: context.source.clone(), place, id: None, cause }));
        }
    }

    /// Returns where a row group begins, if the index can be believed.
    fn offset(&self, group: usize) -> u64 {
        let columns = self.metadata.metadata().row_group(group).columns().iter();
        let pages = columns.map(|column| column.dictionary_page_offset().unwrap_or(column.data_page_offset()));
        pages.min().map_or(0, |first| u64::try_from(first).unwrap_or_default())
    }

    /// Reads some rows, or opens the next row group.
    fn fill(&mut self, context: &Context) -> Result<(), String> {
        let Some(open) = &mut self.open else {
            let group = self.group;
            self.group += 1;
            self.read = 0;
            self.taken = self.taken.max(self.offset(group));
            let file = self.file.try_clone().map_err(|error| error.to_string())?;
            let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
            let names = [context.html.as_ref(), context.text.as_ref(), Some(&context.url), Some(&context.id)];
            let schema = builder.parquet_schema();
            let columns = schema.root_schema().get_fields().iter().enumerate();
            let columns = columns.filter(|(_, field)| names.iter().flatten().any(|name| *name == field.name()));
            let mask = match context.keeps_fields {
                true => ProjectionMask::all(),
                false => ProjectionMask::roots(schema, columns.map(|(i, _)| i).collect::<Vec<_>>()),
            };
            let reader = builder.with_projection(mask).with_row_groups(vec![group]).with_batch_size(BATCH).build();
            self.open = Some(reader.map_err(|error| error.to_string())?);
            return Ok(());
        };
        match open.next() {
            Some(Ok(batch)) => {
                self.read += batch.num_rows() as i64;
                self.rows = rows(&batch, context)?.into();
            }
            Some(Err(error)) => return Err(error.to_string()),
            None => {
                let group = self.metadata.metadata().row_group(self.group - 1);
                let expected = group.num_rows();
                self.taken = self.taken.saturating_add(u64::try_from(group.compressed_size()).unwrap_or_default());
                self.open = None;
                if self.read < expected {
                    return Err("they are missing".into());
                }
            }
        }
        Ok(())
    }
}

fn rows(batch: &RecordBatch, context: &Context) -> Result<Vec<Row>, String> {
    let column = |name: Option<&String>| name.and_then(|name| batch.column_by_name(name));
    let (html, text) = (column(context.html.as_ref()), column(context.text.as_ref()));
    let (url, id) = (column(Some(&context.url)), column(Some(&context.id)));
    let value = |column: Option<&Arc<dyn Array>>, row| column.map_or(Value::Null, |column| Value::of(column, row));
    let mut others = if context.keeps_fields { others(batch, context)? } else { Vec::new() };
    others.resize(batch.num_rows(), String::new());
    let row =
        |(i, fields)| Row { html: value(html, i), text: value(text, i), url: value(url, i), id: value(id, i), fields };
    Ok(others.into_iter().enumerate().map(row).collect())
}

/// Writes the columns that have no meaning here as the insides of JSON objects.
fn others(batch: &RecordBatch, context: &Context) -> Result<Vec<String>, String> {
    let names = [context.html.as_deref(), context.text.as_deref(), Some(&context.url), Some(&context.id)];
    let schema = batch.schema();
    let wanted = schema.fields().iter().enumerate().filter(|(_, field)| !names.contains(&Some(field.name().as_str())));
    let wanted: Vec<_> = wanted.map(|(i, _)| i).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let batch = batch.project(&wanted).map_err(|error| error.to_string())?;
    let mut lines = Vec::new();
    let mut writer = arrow_json::WriterBuilder::new()
        .with_explicit_nulls(true)
        .build::<_, arrow_json::writer::LineDelimited>(&mut lines);
    let written = writer.write(&batch).and_then(|()| writer.finish());
    written.map_err(|error| error.to_string())?;
    drop(writer);
    let lines = String::from_utf8(lines).map_err(|error| error.to_string())?;
    // Through the same door as fields of JSON Lines, so that names are treated alike.
    let line = |line: &str| {
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap_or_default();
        let mut fields = String::new();
        object.iter().for_each(|(name, value)| keep(&mut fields, name, &value.to_string()));
        fields
    };
    Ok(lines.lines().map(line).collect())
}

impl Value {
    fn of(column: &Arc<dyn Array>, row: usize) -> Self {
        if column.is_null(row) {
            return Value::Null;
        }
        macro_rules! number {
            ($kind:ty) => {
                Value::Number(column.as_primitive::<$kind>().value(row).to_string())
            };
        }
        // Whole numbers with a gap among them are often stored as these, and the gap as one that is none.
        macro_rules! float {
            ($kind:ty) => {
                match column.as_primitive::<$kind>().value(row) {
                    number if number.is_finite() => Value::Number(number.to_string()),
                    _ => Value::Null,
                }
            };
        }
        match column.data_type() {
            DataType::Utf8 => Value::Text(column.as_string::<i32>().value(row).to_owned()),
            DataType::LargeUtf8 => Value::Text(column.as_string::<i64>().value(row).to_owned()),
            DataType::Utf8View => Value::Text(column.as_string_view().value(row).to_owned()),
            DataType::Binary => Value::bytes(column.as_binary::<i32>().value(row)),
            DataType::LargeBinary => Value::bytes(column.as_binary::<i64>().value(row)),
            DataType::BinaryView => Value::bytes(column.as_binary_view().value(row)),
            DataType::Int8 => number!(Int8Type),
            DataType::Int16 => number!(Int16Type),
            DataType::Int32 => number!(Int32Type),
            DataType::Int64 => number!(Int64Type),
            DataType::UInt8 => number!(UInt8Type),
            DataType::UInt16 => number!(UInt16Type),
            DataType::UInt32 => number!(UInt32Type),
            DataType::UInt64 => number!(UInt64Type),
            DataType::Float32 => float!(Float32Type),
            DataType::Float64 => float!(Float64Type),
            DataType::Struct(_) => Value::Other("a struct"),
            DataType::List(_) | DataType::LargeList(_) => Value::Other("a list"),
            _ => Value::Other("of another type"),
        }
    }

    fn bytes(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Value::Text(text.to_owned()),
            Err(_) => Value::Bytes(bytes.to_vec()),
        }
    }

    fn len(&self) -> usize {
        match self {
            Value::Text(text) | Value::Number(text) => text.len(),
            Value::Bytes(bytes) => bytes.len(),
            Value::Null | Value::Other(_) => 0,
        }
    }

    fn id(&self) -> Option<Id> {
        match self {
            Value::Text(id) => Some(Id::Text(id.clone())),
            Value::Number(id) => Some(Id::Number(id.clone())),
            _ => None,
        }
    }

    /// Returns the page; nothing for null.
    fn page(self, format: Format, field: &str) -> Result<Option<Content>, Cause> {
        let found = match self {
            Value::Null => return Ok(None),
            Value::Text(text) => {
                return Ok(Some(match format {
                    Format::Html => Content::Html(text),
                    Format::Text => Content::Text(text),
                }));
            }
            Value::Bytes(bytes) => return Ok(Some(Content::Bytes { bytes, format: Some(format), charset: None })),
            Value::Number(_) => "a number",
            Value::Other(found) => found,
        };
        Err(Cause::NotText { field: field.to_owned(), found })
    }
}

impl Row {
    /// Returns the number of bytes held.
    pub(super) fn len(&self) -> usize {
        self.html.len() + self.text.len() + self.url.len() + self.id.len() + self.fields.len()
    }

    pub(super) fn parse(self, context: &Context) -> Result<Found, (Option<Id>, Cause)> {
        let id = self.id.id();
        let fail = |cause| (id.clone(), cause);
        let html = self.html.page(Format::Html, context.html.as_deref().unwrap_or_default()).map_err(fail)?;
        let content = match html {
            Some(html) => Some(html),
            None => self.text.page(Format::Text, context.text.as_deref().unwrap_or_default()).map_err(fail)?,
        };
        let Some(content) = content else {
            return Err(fail(Cause::Missing(context.html.iter().chain(&context.text).cloned().collect())));
        };
        let url = match self.url {
            Value::Text(url) => Some(url),
            _ => None,
        };
        Ok(Found { id, url, content, fields: self.fields })
    }
}
