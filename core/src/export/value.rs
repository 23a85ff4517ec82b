//! What a resource says: a tree in the shape of Azure Resource Manager, with references in it.
//!
//! | value | in ARM JSON |
//! |---|---|
//! | [`Value::Text`], [`Value::Number`], [`Value::Flag`] | as they are |
//! | [`Value::Id`] | `[resourceId(…)]` of a resource of the graph, or of a part that its parent makes |
//! | [`Value::Parameter`] | `[parameters('…')]` |
//! | [`Value::Subscription`] | `[subscription().id]` |

/// Position of a resource in [`super::graph::Graph::resources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResourceId(pub(super) usize);

impl ResourceId {
    /// Position in the list.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0
    }
}

/// A value of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A switch.
    Flag(bool),
    /// Values in their order.
    List(Vec<Value>),
    /// Members in their order.
    Object(Vec<(&'static str, Value)>),
    /// The id of a resource.
    Id(Link),
    /// What is asked for at deployment, by its name.
    Parameter(String),
    /// The id of the subscription that is deployed to.
    Subscription,
}

/// A resource, or a part of it that the resource makes by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The resource.
    pub to: ResourceId,
    /// The part; none for the resource itself.
    pub part: Option<Part>,
}

/// A part of a resource that has an id and is no resource of the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its type below the resource, as `hubRouteTables`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// What Terraform adds to the resource for its id, as `.default_route_table_id`; empty where it knows no word for it.
    pub terraform: &'static str,
}

impl Value {
    /// An object without members.
    pub(super) const fn object() -> Self {
        Self::Object(Vec::new())
    }

    /// The object with one more member.
    #[must_use]
    pub(super) fn with(mut self, key: &'static str, value: impl Into<Self>) -> Self {
        if let Self::Object(members) = &mut self {
            members.push((key, value.into()));
        }
        self
    }

    /// One more member of an object that is a member.
    pub(super) fn put(&mut self, of: &str, key: &'static str, value: Self) {
        let Self::Object(members) = self else {
            return;
        };
        let inner = members.iter_mut().find(|(known, _)| *known == of);
        if let Some((_, Self::Object(inner))) = inner {
            inner.push((key, value));
        }
    }

    /// The object with one more member, where there is a value for it.
    #[must_use]
    pub(super) fn maybe<V: Into<Self>>(self, key: &'static str, value: Option<V>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// The object with a list, where the list is not empty.
    #[must_use]
    pub(super) fn some(self, key: &'static str, list: Vec<Self>) -> Self {
        let list = (!list.is_empty()).then_some(Self::List(list));
        self.maybe(key, list)
    }

    /// An object that names another resource by its id, as Azure writes references.
    pub(super) fn reference(to: ResourceId) -> Self {
        Self::object().with("id", Self::id(to))
    }

    /// The id of a resource.
    pub(super) const fn id(to: ResourceId) -> Self {
        Self::Id(Link { to, part: None })
    }

    /// The id of a part of a resource.
    pub(super) fn part(
        to: ResourceId,
        kind: &'static str,
        name: &str,
        terraform: &'static str,
    ) -> Self {
        let part = Part {
            kind,
            name: name.to_owned(),
            terraform,
        };
        Self::Id(Link {
            to,
            part: Some(part),
        })
    }

    /// Texts as a list.
    pub(super) fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(|text| text.as_ref().into()).collect())
    }

    /// The member of an object.
    #[must_use]
    pub fn member(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members
                .iter()
                .find(|(known, _)| *known == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// The value at a path of members, as `properties.sku.name`.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&Self> {
        path.split('.')
            .try_fold(self, |value, key| value.member(key))
    }

    /// Does something with every id in it.
    pub(super) fn each_link(&self, act: &mut dyn FnMut(&Link)) {
        match self {
            Self::Id(link) => act(link),
            Self::List(items) => items.iter().for_each(|item| item.each_link(act)),
            Self::Object(members) => members.iter().for_each(|(_, value)| value.each_link(act)),
            _ => {}
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<Vec<Value>> for Value {
    fn from(list: Vec<Value>) -> Self {
        Self::List(list)
    }
}
