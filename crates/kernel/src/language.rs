//! The languages that the product speaks.

crate::text_enum! {
    /// A language of the screens and mails.
    pub enum Language {
        /// English.
        English = "en",
        /// Spanish.
        Spanish = "es",
    }
}

impl Language {
    /// The first language of an `Accept-Language` header that the product speaks; English otherwise.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        header
            .split(',')
            .filter_map(|part| {
                let tag = part.split(';').next()?.trim();
                tag.get(..2)?.to_ascii_lowercase().parse().ok()
            })
            .next()
            .unwrap_or(Self::English)
    }
}
