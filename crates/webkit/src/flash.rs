//! A message for the next page, in a signed cookie that lives for one showing.

use std::collections::BTreeMap;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{Cookie, Cookies, keys::Keys};

kernel::text_enum! {
    /// How a message looks.
    pub enum FlashKind {
        /// Something was done.
        Success = "success",
        /// Something to know.
        Info = "info",
        /// Something was not done.
        Error = "error",
    }
}

/// A message by its key, so that it is shown in the reader's language. Arguments are numbers and short names; the
/// cookie holds 4 KB.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// How it looks.
    pub kind: FlashKind,
    /// The key of the text.
    pub key: String,
    /// What the text mentions.
    pub arguments: BTreeMap<String, String>,
    /// What can be done about it: an address of ours and the key of the link's text.
    #[serde(default)]
    pub link: Option<(String, String)>,
}

impl Flash {
    pub(crate) const COOKIE: &str = "flash";
    const PURPOSE: &str = "flash 1";

    /// Something was done.
    #[must_use]
    pub fn success(key: &str) -> Self {
        Self { kind: FlashKind::Success, key: key.to_owned(), arguments: BTreeMap::new(), link: None }
    }
    /// Something to know.
    #[must_use]
    pub fn info(key: &str) -> Self {
        Self { kind: FlashKind::Info, ..Self::success(key) }
    }
    /// Something was not done.
    #[must_use]
    pub fn error(key: &str) -> Self {
        Self { kind: FlashKind::Error, ..Self::success(key) }
    }
    /// What the text mentions under `name`.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.arguments.insert(name.to_owned(), value.to_string());
        self
    }
    /// A link beside the text; `key` is that of its text.
    #[must_use]
    pub fn with_link(self, address: String, key: &str) -> Self {
        Self { link: Some((address, key.to_owned())), ..self }
    }

    pub(crate) fn cookie(&self, keys: &Keys) -> Cookie {
        let text = serde_json::to_vec(self).unwrap_or_default();
        let hash = keys.sign(Self::PURPOSE, &[&text]);
        let value = format!("{}.{}", BASE64_URL_SAFE_NO_PAD.encode(&text), BASE64_URL_SAFE_NO_PAD.encode(hash));
        Cookie::session(Self::COOKIE, value)
    }

    pub(crate) fn read(cookies: &Cookies, keys: &Keys) -> Option<Self> {
        let (text, hash) = cookies.get(Self::COOKIE)?.split_once('.')?;
        let (text, hash) = (BASE64_URL_SAFE_NO_PAD.decode(text).ok()?, BASE64_URL_SAFE_NO_PAD.decode(hash).ok()?);
        if !keys.verify(Self::PURPOSE, &[&text], &hash) {
            return None;
        }
        serde_json::from_slice(&text).ok()
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, header};

    use super::*;

    fn cookies(value: &str) -> Cookies {
        let value = HeaderValue::from_str(&format!("flash={value}")).unwrap();
        Cookies::read(&HeaderMap::from_iter([(header::COOKIE, value)]), false)
    }

    #[test]
    fn a_message_comes_back_as_it_was_left_and_a_forged_one_does_not() {
        let keys = Keys::new([1; 32]);
        let flash = Flash::success("stays-booked").with("nights", 3);
        let value = flash.cookie(&keys).value;
        assert_eq!(Flash::read(&cookies(&value), &keys), Some(flash));
        assert_eq!(Flash::read(&cookies(&value), &Keys::new([2; 32])), None);
        let (_, hash) = value.split_once('.').unwrap();
        let forged = BASE64_URL_SAFE_NO_PAD.encode(r#"{"kind":"error","key":"x","arguments":{}}"#);
        assert_eq!(Flash::read(&cookies(&format!("{forged}.{hash}")), &keys), None);
        assert_eq!(Flash::read(&cookies("nonsense"), &keys), None);
    }
}
