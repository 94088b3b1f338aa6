/// The longest text that is searched for, in characters.
const LONGEST: usize = 100;

/// The pattern for `LIKE $n ESCAPE '!'` that finds a text anywhere in a folded column, whatever its case and accents.
#[must_use]
pub fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in kernel::fold(text).chars().take(LONGEST) {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_are_letters_like_any_other() {
        assert_eq!(containing(" Zoë  100%_! "), "%zoe 100!%!_!!%");
        assert_eq!(containing(""), "%%");
    }
}
