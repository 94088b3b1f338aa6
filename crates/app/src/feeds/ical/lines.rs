//! Unfolded lines of an answer, whatever it ends them with.

use std::borrow::Cow;

use super::MAX_LINE;

/// One unfolded line.
pub(super) struct Line<'a> {
    pub(super) text: Cow<'a, str>,
    /// Where it begins, from 1, counted in lines as sent.
    pub(super) number: u32,
    /// It had more than [`MAX_LINE`] bytes; `text` is its beginning.
    pub(super) too_long: bool,
}

/// Iterates over the unfolded lines that are not blank.
///
/// Lines are joined as bytes and decoded after that: some writers fold inside a character. A line that is not UTF-8 is
/// taken as Latin-1, in which every byte has a meaning.
pub(super) struct Lines<'a> {
    rest: &'a [u8],
    number: u32,
}

impl<'a> Lines<'a> {
    pub(super) fn new(body: &'a [u8]) -> Self {
        Self { rest: body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body), number: 0 }
    }

    /// The next line as sent, without its end: LF, CRLF, a bare CR, or CRCRLF as text written twice has it.
    fn physical(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        self.number = self.number.saturating_add(1);
        let end = self.rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(self.rest.len());
        let (line, tail) = self.rest.split_at(end);
        self.rest = match tail {
            [b'\r', b'\r', b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] | [_, rest @ ..] => rest,
            [] => &[],
        };
        Some(line)
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        loop {
            let first = self.physical()?;
            let number = self.number;
            let mut too_long = first.len() > MAX_LINE;
            let mut bytes = Cow::Borrowed(first.get(..MAX_LINE).unwrap_or(first));
            while let [b' ' | b'\t', ..] = self.rest {
                let continued = self.physical().and_then(<[u8]>::split_first).map_or(&[][..], |(_, rest)| rest);
                if bytes.len() + continued.len() > MAX_LINE {
                    too_long = true;
                } else if !too_long {
                    bytes.to_mut().extend_from_slice(continued);
                }
            }
            if bytes.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
                continue;
            }
            return Some(Line { text: decode(bytes), number, too_long });
        }
    }
}

fn decode(bytes: Cow<'_, [u8]>) -> Cow<'_, str> {
    match bytes {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map_or_else(|_| latin1(bytes).into(), Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).unwrap_or_else(|bad| latin1(bad.as_bytes())).into(),
    }
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}
