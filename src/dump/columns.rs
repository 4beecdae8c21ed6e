//! Writes records as Parquet.

use super::output::End;
use super::row::Row;
use arrow_array::builder::{ArrayBuilder, ListBuilder, StringBuilder, StructBuilder, UInt8Builder, UInt32Builder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Fields, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::io;
use std::sync::Arc;

/// Bytes of records that become columns at a time.
const BATCH: usize = 4 << 20;

/// Bytes of packed columns that make a row group.
const GROUP: usize = 32 << 20;

/// Columns of strings, in order.
const STRINGS: [&str; 13] = [
    "id",
    "url",
    "text",
    "headline",
    "byline",
    "date",
    "language",
    "status",
    "rules",
    "origin",
    "repaired",
    "truncated",
    "fields",
];

/// A file of Parquet that is being written.
pub(super) struct Columns {
    writer: ArrowWriter<End>,
    schema: Arc<Schema>,
    strings: Vec<StringBuilder>,
    blocks: ListBuilder<StructBuilder>,
    removals: ListBuilder<StructBuilder>,
    rows: usize,
    bytes: usize,
}

fn text(name: &str, is_nullable: bool) -> Field {
    Field::new(name, DataType::Utf8, is_nullable)
}

fn list(name: &str, of: DataType, is_nullable: bool) -> Field {
    Field::new(name, DataType::List(Arc::new(Field::new_list_field(of, true))), is_nullable)
}

fn span_fields() -> Fields {
    Fields::from(vec![Field::new("start", DataType::UInt32, false), Field::new("end", DataType::UInt32, false)])
}

fn block_fields() -> Fields {
    Fields::from(vec![
        text("role", false),
        Field::new("level", DataType::UInt8, false),
        text("text", false),
        list("spans", DataType::Struct(span_fields()), true),
        text("rule", true),
    ])
}

fn removal_fields() -> Fields {
    Fields::from(vec![
        Field::new("start", DataType::UInt32, false),
        Field::new("end", DataType::UInt32, false),
        text("rule", false),
        text("category", false),
        text("role", true),
        text("reason", false),
    ])
}

/// Returns a builder of a list of structs, each field with this builder.
fn builder(fields: Fields, builders: Vec<Box<dyn ArrayBuilder>>) -> ListBuilder<StructBuilder> {
    ListBuilder::new(StructBuilder::new(fields, builders))
}

impl Columns {
    pub(super) fn new(end: End) -> io::Result<Self> {
        let mut fields: Vec<Field> =
            STRINGS.iter().map(|name| text(name, !["text", "status", "rules"].contains(name))).collect();
        fields.push(list("blocks", DataType::Struct(block_fields()), true));
        fields.push(list("removals", DataType::Struct(removal_fields()), true));
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(concat!("bodycopy ", env!("CARGO_PKG_VERSION")).into())
            .build();
        let writer = ArrowWriter::try_new(end, schema.clone(), Some(properties)).map_err(other)?;
        let spans = builder(span_fields(), vec![Box::new(UInt32Builder::new()), Box::new(UInt32Builder::new())]);
        let blocks: Vec<Box<dyn ArrayBuilder>> = vec![
            Box::new(StringBuilder::new()),
            Box::new(UInt8Builder::new()),
            Box::new(StringBuilder::new()),
            Box::new(spans),
            Box::new(StringBuilder::new()),
        ];
        let removals: Vec<Box<dyn ArrayBuilder>> = vec![
            Box::new(UInt32Builder::new()),
            Box::new(UInt32Builder::new()),
            Box::new(StringBuilder::new()),
            Box::new(StringBuilder::new()),
            Box::new(StringBuilder::new()),
            Box::new(StringBuilder::new()),
        ];
        Ok(Self {
            writer,
            schema,
            strings: STRINGS.iter().map(|_| StringBuilder::new()).collect(),
            blocks: builder(block_fields(), blocks),
            removals: builder(removal_fields(), removals),
            rows: 0,
            bytes: 0,
        })
    }

    pub(super) fn end(&self) -> &End {
        self.writer.inner()
    }

    pub(super) fn put(&mut self, row: &Row) -> io::Result<()> {
        let fields = (!row.fields.is_empty()).then(|| format!("{{{}}}", row.fields));
        let values = [
            row.id.as_ref().map(|id| id.as_str()),
            row.url.as_deref(),
            Some(&row.text),
            row.headline.as_deref(),
            row.byline.as_deref(),
            row.date.as_deref(),
            row.language.as_deref(),
            Some(&row.status),
            Some(row.rules),
            row.origin.as_deref(),
            row.repaired,
            row.truncated.as_deref(),
            fields.as_deref(),
        ];
        self.strings.iter_mut().zip(values).for_each(|(column, value)| column.append_option(value));
        for block in row.blocks.iter().flatten() {
            let out = self.blocks.values();
            put_text(out, 0, Some(block.role));
            field::<UInt8Builder>(out, 1).append_value(block.level);
            put_text(out, 2, Some(&block.text));
            let spans = field::<ListBuilder<StructBuilder>>(out, 3);
            for span in &block.spans {
                put_span(spans.values(), *span);
                spans.values().append(true);
            }
            spans.append(true);
            put_text(out, 4, block.rule);
            out.append(true);
        }
        self.blocks.append(row.blocks.is_some());
        for removal in row.removals.iter().flatten() {
            let out = self.removals.values();
            put_span(out, removal.span);
            put_text(out, 2, Some(removal.rule));
            put_text(out, 3, Some(&removal.category));
            put_text(out, 4, removal.role);
            put_text(out, 5, Some(&removal.reason));
            out.append(true);
        }
        self.removals.append(row.removals.is_some());
        self.rows += 1;
        self.bytes += row.len();
        if self.bytes >= BATCH { self.flush() } else { Ok(()) }
    }

    /// Turns the records at hand into columns.
    fn flush(&mut self) -> io::Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut columns: Vec<ArrayRef> = self.strings.iter_mut().map(|column| Arc::new(column.finish()) as _).collect();
        columns.push(Arc::new(self.blocks.finish()));
        columns.push(Arc::new(self.removals.finish()));
        (self.rows, self.bytes) = (0, 0);
        let batch = RecordBatch::try_new(self.schema.clone(), columns).map_err(io::Error::other)?;
        self.writer.write(&batch).map_err(other)?;
        if self.writer.in_progress_size() >= GROUP {
            self.writer.flush().map_err(other)?;
        }
        Ok(())
    }

    /// Writes what is left and the index, and returns the end the bytes went to.
    pub(super) fn finish(mut self) -> io::Result<End> {
        self.flush()?;
        self.writer.into_inner().map_err(other)
    }
}

/// Takes the system's error out of what Parquet makes of it, so that a full disk is told as one.
fn other(error: parquet::errors::ParquetError) -> io::Error {
    match error {
        parquet::errors::ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(inner) => io::Error::other(inner),
        },
        error => io::Error::other(error),
    }
}

/// Returns the builder of a field.
fn field<B: ArrayBuilder>(out: &mut StructBuilder, i: usize) -> &mut B {
    out.field_builder(i).expect("the fields have these builders")
}

fn put_text(out: &mut StructBuilder, i: usize, value: Option<&str>) {
    field::<StringBuilder>(out, i).append_option(value);
}

fn put_span(out: &mut StructBuilder, (start, end): (u32, u32)) {
    field::<UInt32Builder>(out, 0).append_value(start);
    field::<UInt32Builder>(out, 1).append_value(end);
}
