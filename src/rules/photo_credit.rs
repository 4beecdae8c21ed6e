//! Strips credits of pictures that stand as lines of their own.
//!
//! # What it strips
//!
//! Lines that are an agency, "Photo: …" or "image source", lines that end in one, and elements whose class says credit.
//!
//! # Why it is boilerplate
//!
//! It names the owner of a picture that the text does not hold.
//!
//! # What it must keep
//!
//! Sentences about agencies and photographers.

use super::prelude::*;

/// The rule `photo-credit`.
pub(super) struct PhotoCredit;

pub(super) static META: Meta = Meta::new("photo-credit", Category::Caption, "Credits of pictures that stand alone")
    .names(&["photo-credit", "image-credit", "img-credit", "picture-credit", "media-credit", "photo-credits", "image-credits", "photocredit", "imagecredit", "credit-line", "creditline", "image-source", "photo-source", "img-source", "image-copyright", "photo-copyright", "copyright-image", "fotocredit", "bildnachweis", "bildquelle", "bildrechte", "image-byline", "photo-byline", "photographer", "photograph-credit", "caption-credit", "credit-caption", "figure-credit", "media-copyright", "zoom-image", "enlarge-image", "credito-foto", "credit-photo"])
    .phrases(include_str!("data/photo_credit.txt"))
    .examples(&[
        Example::Text("The bridge opened on Monday, two years late, the council said.\n\n⟦Getty Images⟧\n\nNobody in Velden knows yet what the tram will cost, she added."),
        Example::Text("Die Brücke ist seit Montag offen, zwei Jahre später als geplant.\n\n⟦Foto: dpa⟧\n\nDer Rat tagte bis in die Nacht."),
        Example::Text("⟦사진=연합뉴스⟧\n\n다리는 월요일에 열렸다고 시가 밝혔다."),
        Example::Html("<p>The bridge opened on Monday, two years late, the council said.</p><span class=\"image-credit\">⟦Ida Moss⟧</span><p>Nobody in Velden knows yet what the tram will cost, she added.</p>"),
        Example::Text("Getty Images has sued a firm in Velden, which it says copied its pictures."),
        Example::Text("사진을 찍은 사람은 시청 직원이라고 시가 밝혔다."),
        Example::Html("<p>Photo by photo, she showed how the mill at Aune had burned down.</p>"),
    ]);

impl Rule for PhotoCredit {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, doc: &Document, out: &mut Findings) {
        // A sentence about a photo is body; a caption that ends in a credit is another rule's.
        out.strip_short_hits(doc, &META, 8);
    }
}
