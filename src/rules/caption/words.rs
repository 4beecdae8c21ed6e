//! The words of credits, and how long their parts are.

/// Characters behind the words of a credit, of an agency's name, and of a giver's.
pub(super) const TAIL: usize = 60;
pub(super) const SERVICE: usize = 40;
pub(super) const GIVER: usize = 24;

/// What stands before a name in a credit.
pub(super) const PICTURES: &[&str] = &[
    "Photo",
    "Foto",
    "Image",
    "Bild",
    "Picture",
    "Credit",
    "Fotografía",
    "Crédito",
    "Photograph",
    "Zdjęcie",
    "Фото",
    "photo",
    "foto",
    "image",
    "picture",
    "Pic",
    "Symbolbild",
    "Symbolfoto",
    "Archivbild",
    "Archivfoto",
    "Fotoğraf",
    "фото",
    "Fot",
    "Kuva",
    "Valokuva",
    "사진",
    "写真",
    "圖",
    "图",
    "تصوير",
    "صورة",
    "Credits",
    "Photos",
    "Fotos",
    "Crédit",
    "Bildrechte",
    "Bildquelle",
    "Bildnachweis",
    "Fotocredit",
    "Ảnh",
    "ảnh",
];

/// What stands behind such a word where a credit follows a stop, slash, bracket or dash.
pub(super) const BY: &[&str] =
    &["by", ":", "：", "/", "／", "credit", "Credit", "quelle", "nachweis", "von", "de", "di", "-"];

/// What stands behind it in a bracket, in small letters.
pub(super) const CREDITS: &[&str] =
    &["by ", "credit", "courtesy ", "photo :", "photo:", "quelle:", "nachweis:", "rechte:"];

/// What needs no such word behind it.
pub(super) const SIGNS: &[&str] = &[
    "Fot.",
    "fot.",
    "Foto:",
    "Photo:",
    "Bild:",
    "©",
    "फोटो:",
    "ภาพโดย",
    "ภาพ:",
    "Фото автора",
    "Foto de archivo",
    "Photo d'archives",
    "Photo d’archives",
    "Foto d'archivio",
    "Foto d’archivio",
    "Cortesía",
];

/// What a bracket behind a caption ends with, in small letters: “(Express photo)”, “(file)”, “[Courtesy]”, “(Getty Images)”.
pub(super) const PICTURE_ENDS: &[&str] = &[
    "photo",
    "photos",
    "picture",
    "pictures",
    "pic",
    "foto",
    "fotos",
    "file",
    "handout",
    "supplied",
    "courtesy",
    "cortesía",
    "cortesia",
    "archivo",
    "archivio",
    "archives",
    "arquivo",
    "images",
    "getty",
    "istock",
    "shutterstock",
    "depositphotos",
    "dreamstime",
    "alamy",
    "unsplash",
    "pexels",
    "pixabay",
    "flickr",
];

/// Agencies whose name is a credit.
pub(super) const AGENCIES: &[&str] = &[
    "AP",
    "AFP",
    "EPA",
    "Reuters",
    "REUTERS",
    "Getty",
    "dpa",
    "DPA",
    "ANSA",
    "EFE",
    "Xinhua",
    "PA",
    "TASS",
    "ТАСС",
    "РИА",
    "Yonhap",
    "UPI",
    "ANP",
    "NTB",
    "APA",
    "Keystone",
    "IMAGO",
    "Imago",
    "imago",
    "Shutterstock",
    "iStock",
    "Scanpix",
    "LaPresse",
    "Belga",
    "Lusa",
    "PAP",
    "Anadolu",
    "Alamy",
];

/// By byte: whether an agency's name starts with it.
pub(super) const AGENCY_STARTS: [bool; 256] = {
    let mut table = [false; 256];
    let mut i = 0;
    while i < AGENCIES.len() {
        table[AGENCIES[i].as_bytes()[0] as usize] = true;
        i += 1;
    }
    table
};

/// "Provided by", "photographed by", which stand behind the name.
pub(super) const GIVEN: &[&str] = &["提供", "撮影", "摄", "攝", "제공"];

/// How names of agencies and papers end that may stand in brackets behind a caption that is no sentence.
pub(super) const SERVICE_ENDS: &[&str] =
    &["通信", "通信社", "新聞社", "通讯社", "新华社", "新華社", "中新社", "中央社"];

/// Agencies behind a `＝`, as Japanese papers write them.
pub(super) const SERVICES: &[&str] = &[
    "ロイター",
    "共同",
    "時事",
    "ＡＰ",
    "ＡＦＰ時事",
    "AFP時事",
    "AP時事",
    "ロイター時事",
    "ロイター共同",
    "ＡＰ共同",
    "AP共同",
    "ゲッティ",
    "ゲッティ共同",
    "新華社",
    "聯合ニュース",
    "タス通信",
    "ＵＰＩ",
    "ＡＮＮ",
];
