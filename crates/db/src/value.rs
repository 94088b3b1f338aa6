//! Values that go into statements and come out of columns, the same on both databases.

use chrono::NaiveDate;
use kernel::{Currency, Instant, Zone, instant_from_micros, instant_micros};
use uuid::Uuid;

/// A value bound to a statement. `None` is NULL of that type, which PostgreSQL needs to know.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `uuid` / `BLOB`.
    Uuid(Option<Uuid>),
    /// `BIGINT` / `INTEGER`.
    Integer(Option<i64>),
    /// `text`.
    Text(Option<String>),
    /// `boolean` / `INTEGER` 0 or 1.
    Bool(Option<bool>),
    /// `DATE` / ISO `TEXT`.
    Date(Option<NaiveDate>),
    /// `bytea` / `BLOB`.
    Bytes(Option<Vec<u8>>),
}

/// The column types that both databases have.
pub trait Primitive: Sized + Send {
    #[doc(hidden)]
    fn value(this: Option<Self>) -> Value;
    #[doc(hidden)]
    fn column(row: &crate::Row, name: &str) -> Result<Option<Self>, sqlx::Error>;
}

macro_rules! primitives {
    ($($ty:ty => $case:ident),+) => {$(
        impl Primitive for $ty {
            fn value(this: Option<Self>) -> Value {
                Value::$case(this)
            }
            fn column(row: &crate::Row, name: &str) -> Result<Option<Self>, sqlx::Error> {
                crate::row::each_row!(row, r => sqlx::Row::try_get::<Option<$ty>, _>(r, name))
            }
        }
        impl Storable for $ty {
            type Raw = Self;
            fn to_raw(&self) -> Self {
                self.clone()
            }
        }
        impl Stored for $ty {
            fn from_raw(raw: Self) -> Result<Self, String> {
                Ok(raw)
            }
        }
    )+};
}

primitives!(Uuid => Uuid, i64 => Integer, String => Text, bool => Bool, NaiveDate => Date, Vec<u8> => Bytes);

/// A type that can be written to a column.
pub trait Storable {
    /// The column's type.
    type Raw: Primitive;
    /// What is written.
    fn to_raw(&self) -> Self::Raw;
}

/// A type that can be read back from its column.
pub trait Stored: Storable + Sized {
    /// What was read.
    ///
    /// # Errors
    /// A message, when the stored value is none of this type.
    fn from_raw(raw: Self::Raw) -> Result<Self, String>;
}

impl<T: Storable + ?Sized> Storable for &T {
    type Raw = T::Raw;
    fn to_raw(&self) -> T::Raw {
        (**self).to_raw()
    }
}

impl Storable for str {
    type Raw = String;
    fn to_raw(&self) -> String {
        self.to_owned()
    }
}

impl Storable for [u8] {
    type Raw = Vec<u8>;
    fn to_raw(&self) -> Vec<u8> {
        self.to_vec()
    }
}

/// What can be bound: a storable type, a reference to one, or an option of one.
pub trait Bind {
    /// The value to bind.
    fn into_value(self) -> Value;
}

impl<T: Storable> Bind for T {
    fn into_value(self) -> Value {
        T::Raw::value(Some(self.to_raw()))
    }
}

impl<T: Storable> Bind for Option<T> {
    fn into_value(self) -> Value {
        T::Raw::value(self.map(|value| value.to_raw()))
    }
}

impl<T: Storable> Bind for &Option<T> {
    fn into_value(self) -> Value {
        T::Raw::value(self.as_ref().map(Storable::to_raw))
    }
}

/// Any number of ids as one value, for [`sql_of_ids!`](crate::sql_of_ids).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids(String);

impl<T: Storable<Raw = Uuid>> FromIterator<T> for Ids {
    fn from_iter<I: IntoIterator<Item = T>>(ids: I) -> Self {
        let names: Vec<String> = ids.into_iter().map(|id| format!("\"{}\"", id.to_raw().simple())).collect();
        Self(format!("[{}]", names.join(",")))
    }
}

impl Storable for Ids {
    type Raw = String;
    fn to_raw(&self) -> String {
        self.0.clone()
    }
}

impl Storable for Instant {
    type Raw = i64;
    fn to_raw(&self) -> i64 {
        instant_micros(*self)
    }
}

impl Stored for Instant {
    fn from_raw(raw: i64) -> Result<Self, String> {
        instant_from_micros(raw).ok_or_else(|| format!("{raw} is no instant"))
    }
}

impl Storable for chrono::NaiveTime {
    type Raw = i64;
    fn to_raw(&self) -> i64 {
        i64::from(chrono::Timelike::num_seconds_from_midnight(self) / 60)
    }
}

impl Stored for chrono::NaiveTime {
    fn from_raw(raw: i64) -> Result<Self, String> {
        u32::try_from(raw)
            .ok()
            .and_then(|minutes| Self::from_num_seconds_from_midnight_opt(minutes.checked_mul(60)?, 0))
            .ok_or_else(|| format!("{raw} is no minute of the day"))
    }
}

impl Storable for u32 {
    type Raw = i64;
    fn to_raw(&self) -> i64 {
        i64::from(*self)
    }
}

impl Stored for u32 {
    fn from_raw(raw: i64) -> Result<Self, String> {
        raw.try_into().map_err(|_| format!("{raw} is out of range"))
    }
}

/// Stores types by their text form: anything with `Display` and `FromStr`, such as what `kernel::text_enum!` makes.
#[macro_export]
macro_rules! stored_as_text {
    ($($ty:ty),+ $(,)?) => {$(
        impl $crate::Storable for $ty {
            type Raw = String;
            fn to_raw(&self) -> String {
                self.to_string()
            }
        }
        impl $crate::Stored for $ty {
            fn from_raw(raw: String) -> Result<Self, String> {
                raw.parse().map_err(|_| format!("`{raw}` is no {}", stringify!($ty)))
            }
        }
    )+};
}

stored_as_text!(kernel::Language, kernel::Role, kernel::SystemReason, Currency, Zone);

macro_rules! stored_ids {
    ($($ty:ident),+ $(,)?) => {$(
        impl Storable for kernel::$ty {
            type Raw = Uuid;
            fn to_raw(&self) -> Uuid {
                self.uuid()
            }
        }
        impl Stored for kernel::$ty {
            fn from_raw(raw: Uuid) -> Result<Self, String> {
                Ok(Self::from_uuid(raw))
            }
        }
    )+};
}

stored_ids!(
    OrganizationId,
    UserId,
    MembershipId,
    InvitationId,
    SessionId,
    OneTimeTokenId,
    ApiTokenId,
    PartyId,
    PropertyId,
    UnitId,
    RoomId,
    WasteId,
    UtilityId,
    GuestId,
    StayId,
    BlockSeriesId,
    FeedId,
    SyncId,
    ExportId,
    RuleId,
    TaskId,
    JobId,
    FileId,
    PhotoId,
    AuditEntryId,
    MailId,
);
