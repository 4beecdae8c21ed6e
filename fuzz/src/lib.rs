//! What the fuzz targets share: the laws, which are those of the tests, and pages made of news furniture.

pub mod furniture;
#[path = "../../tests/oracles/dumps.rs"]
pub mod dumps;
#[path = "../../tests/oracles/pages.rs"]
pub mod pages;
