//! What a kept block is, and which part of the article it belongs to.

use std::fmt;

/// What a kept block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// The article's headline.
    Headline,
    /// The line under the headline: deck, standfirst, sub-headline.
    Deck,
    /// Who wrote it.
    Byline,
    /// When it was published or changed.
    Date,
    /// An editor's note.
    Note,
    /// A caption of a picture, with its credit.
    Caption,
    /// A place and date that open the story, in a block of their own.
    Dateline,
    /// A paragraph.
    Body,
    /// A heading within the body.
    Subheading,
    /// An item of a list in the body.
    ListItem,
    /// A quotation set apart.
    Quote,
    /// A row of a table, cells parted by tabs.
    Table,
    /// Text whose line breaks count.
    Preformatted,
}

impl Role {
    /// Returns the role's name in lower case, as JSON and the command line write it.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Headline => "headline",
            Role::Deck => "deck",
            Role::Byline => "byline",
            Role::Date => "date",
            Role::Note => "note",
            Role::Caption => "caption",
            Role::Dateline => "dateline",
            Role::Body => "body",
            Role::Subheading => "subheading",
            Role::ListItem => "list-item",
            Role::Quote => "quote",
            Role::Table => "table",
            Role::Preformatted => "preformatted",
        }
    }

    /// Returns the part of the article the role belongs to.
    pub const fn part(self) -> Part {
        match self {
            Role::Headline => Part::Headline,
            Role::Deck => Part::Deck,
            Role::Byline => Part::Byline,
            Role::Date => Part::Date,
            Role::Note => Part::Note,
            Role::Caption => Part::Caption,
            _ => Part::Body,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A part of the article that the result may hold.
///
/// ```
/// use bodycopy::Part;
///
/// assert_eq!("deck".parse(), Ok(Part::Deck));
/// assert!("decks".parse::<Part>().unwrap_err().to_string().contains("near it: `deck`"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The headline.
    Headline,
    /// The deck.
    Deck,
    /// The byline.
    Byline,
    /// The dates of publication and change.
    Date,
    /// The editor's note.
    Note,
    /// Captions, each once.
    Caption,
    /// Paragraphs, sub-headings, list items, quotes, tables.
    Body,
}

impl Part {
    /// All parts.
    pub const ALL: [Part; 7] =
        [Part::Headline, Part::Deck, Part::Byline, Part::Date, Part::Note, Part::Caption, Part::Body];

    /// Returns the part's name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Part::Headline => "headline",
            Part::Deck => "deck",
            Part::Byline => "byline",
            Part::Date => "date",
            Part::Note => "note",
            Part::Caption => "caption",
            Part::Body => "body",
        }
    }

    pub(crate) const fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl std::str::FromStr for Part {
    type Err = crate::BuildError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = Part::ALL.into_iter().find(|part| part.name() == name);
        found.ok_or_else(|| crate::BuildError::unknown("part", name, Part::ALL.iter().map(|p| p.name())))
    }
}
