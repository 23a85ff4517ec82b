//! Resource ids: what they say of type, name and parent. Azure compares them without regard to case.
//!
//! | id | type | name | parent |
//! |---|---|---|---|
//! | `…/providers/Microsoft.Network/virtualNetworks/v` | `microsoft.network/virtualnetworks` | `v` | none |
//! | `…/virtualNetworks/v/subnets/s` | `microsoft.network/virtualnetworks/subnets` | `s` | `…/virtualNetworks/v` |
//!
//! Left out: ids of other clouds' forms; a text that is no id has no type.

/// The form in which ids are compared.
pub(super) fn key(id: &str) -> String {
    id.trim().trim_end_matches('/').to_ascii_lowercase()
}

/// What follows the last `/providers/`.
fn provided(id: &str) -> Option<&str> {
    const MARK: &str = "/providers/";
    let lower = id.to_ascii_lowercase();
    let at = lower.rfind(MARK)?;
    id.get(at.saturating_add(MARK.len())..)
}

/// The type of a resource, in lower case.
pub(super) fn type_of(id: &str) -> Option<String> {
    let mut segments = provided(id)?.split('/');
    let mut kind = segments.next()?.to_ascii_lowercase();
    while let Some(segment) = segments.next() {
        kind.push('/');
        kind.push_str(&segment.to_ascii_lowercase());
        segments.next();
    }
    kind.contains('/').then_some(kind)
}

/// The last segment.
pub(super) fn name_of(id: &str) -> &str {
    let id = id.trim().trim_end_matches('/');
    id.rsplit('/').next().unwrap_or(id)
}

/// The id without its last two segments.
pub(super) fn parent_of(id: &str) -> &str {
    let id = id.trim().trim_end_matches('/');
    let cut = |id: &str| id.rfind('/').and_then(|at| id.get(..at)).map(str::len);
    cut(id)
        .and_then(|at| id.get(..at))
        .and_then(|parent| cut(parent).and_then(|at| parent.get(..at)))
        .unwrap_or_default()
}

/// The segment that follows one of this name, as the resource group that follows `resourceGroups`.
pub(super) fn segment_after<'i>(id: &'i str, name: &str) -> Option<&'i str> {
    let mut segments = id.split('/');
    segments.find(|segment| segment.eq_ignore_ascii_case(name))?;
    segments.next().filter(|segment| !segment.is_empty())
}

/// The id up to and with the segment after one of this name: the VNet of a subnet, the hub of a connection.
pub(super) fn up_to<'i>(id: &'i str, name: &str) -> Option<&'i str> {
    let mut at = 0_usize;
    let mut found = false;
    for segment in id.split('/') {
        at = at.saturating_add(segment.len());
        if found {
            return id.get(..at);
        }
        found = segment.eq_ignore_ascii_case(name);
        at = at.saturating_add(1);
    }
    None
}
