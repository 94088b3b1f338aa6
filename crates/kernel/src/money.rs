//! Money in minor units. Never a float, never two currencies in one sum.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// An ISO 4217 currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The three-letter code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }
    /// How many decimal places an amount has: 2 for EUR, 0 for JPY, 3 for KWD.
    #[must_use]
    pub fn decimals(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }
    /// The sign or short form, such as `€`.
    #[must_use]
    pub fn symbol(self) -> String {
        self.0.symbol().to_string()
    }
    /// Every currency, by code.
    #[must_use]
    pub fn all() -> Vec<Self> {
        use iso_currency::IntoEnumIterator;
        let mut all: Vec<Self> = iso_currency::Currency::iter().map(Self).collect();
        all.sort_by_key(|currency| currency.code());
        all
    }
    /// The currency's English name.
    #[must_use]
    pub fn name(self) -> String {
        self.0.name().to_owned()
    }
}

impl FromStr for Currency {
    type Err = crate::EnumError;
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        iso_currency::Currency::from_code(code)
            .map(Self)
            .ok_or_else(|| crate::EnumError { expected: "Currency", value: code.to_owned() })
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        code.parse().map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for Currency {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Currency".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217 code" })
    }
}

/// An amount in the currency's minor unit (cents for EUR).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// The amount in minor units.
    pub minor: i64,
    /// Its currency.
    pub currency: Currency,
}

impl Money {
    /// An amount.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads an amount as a person types it: digits, then at most the currency's decimals after `.` or `,`.
    ///
    /// # Errors
    /// A field-error code: `amount_invalid`, `too_many_decimals` or `too_large`.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, &'static str> {
        let text = text.trim();
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(part) {
            return Err("amount_invalid");
        }
        let decimals = usize::try_from(currency.decimals()).unwrap_or(0);
        if part.len() > decimals {
            return Err("too_many_decimals");
        }
        let minor: i64 = format!("{whole}{part:0<decimals$}").parse().map_err(|_| "too_large")?;
        Ok(Self::new(if negative { -minor } else { minor }, currency))
    }

    /// The amount with a point and the currency's decimals, as [`Money::parse`] reads it back.
    #[must_use]
    pub fn to_decimal(self) -> String {
        let decimals = usize::try_from(self.currency.decimals()).unwrap_or(0);
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = decimals + 1);
        let (whole, part) = digits.split_at(digits.len() - decimals);
        if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
    }

    /// Splits the amount into `parts` that differ by at most one minor unit and sum to it, the larger first.
    #[must_use]
    pub fn split(self, parts: u32) -> Vec<Self> {
        if parts == 0 {
            return Vec::new();
        }
        let count = i64::from(parts);
        let (each, rest) = (self.minor.div_euclid(count), self.minor.rem_euclid(count));
        (0..count).map(|i| Self::new(each + i64::from(i < rest), self.currency)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    #[test]
    fn amounts_are_read_with_the_decimals_of_their_currency() {
        assert_eq!(Money::parse("12,5", currency("EUR")).unwrap().minor, 1250);
        assert_eq!(Money::parse("1200", currency("JPY")).unwrap().minor, 1200);
        assert_eq!(Money::parse("1.5", currency("JPY")), Err("too_many_decimals"));
        assert_eq!(Money::parse("0.125", currency("KWD")).unwrap().minor, 125);
        assert_eq!(Money::parse("1e3", currency("EUR")), Err("amount_invalid"));
        assert_eq!(Money::parse("99999999999999999999", currency("EUR")), Err("too_large"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(minor in -1_000_000_000_000i64..1_000_000_000_000) {
            for code in ["EUR", "JPY", "KWD"] {
                let money = Money::new(minor, currency(code));
                prop_assert_eq!(Money::parse(&money.to_decimal(), money.currency), Ok(money));
            }
        }

        #[test]
        fn parts_sum_to_the_whole(minor in -1_000_000i64..1_000_000, parts in 1u32..400) {
            let split = Money::new(minor, currency("EUR")).split(parts);
            prop_assert_eq!(split.iter().map(|m| m.minor).sum::<i64>(), minor);
            prop_assert_eq!(split.len(), usize::try_from(parts).unwrap());
        }
    }
}
