//! The SQL side of a [`kernel::Scope`]: which rows a member may see.

/// The condition that a property lies within the scope. Statements that use it bind the scope first
/// ([`db::Query::bind_scope`]): `$1` organization, `$2` kind of rows, `$3` user. The argument is the column that holds the property's id.
macro_rules! property_scope {
    ($property:literal) => {
        concat!(
            "($2 = 'all' OR ($2 = 'owner' AND EXISTS (SELECT 1 FROM property_owner JOIN party ON party.organization_id = $1 \
             AND party.id = property_owner.party_id WHERE property_owner.organization_id = $1 AND property_owner.property_id = ",
            $property,
            " AND party.user_id = $3)) OR ($2 = 'staff' AND EXISTS (SELECT 1 FROM property_staff \
             WHERE property_staff.organization_id = $1 AND property_staff.property_id = ",
            $property,
            " AND property_staff.user_id = $3)))"
        )
    };
}
pub(crate) use property_scope;
