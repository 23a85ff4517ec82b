//! The few options the commands take.
use crate::failure::{Context, Failure, Result};

/// The arguments after the command's name. Each `flag` or `value` takes what it knows; `finish` refuses the rest.
#[derive(Debug)]
pub(crate) struct Options {
    command: String,
    rest: Vec<String>,
}

impl Options {
    pub(crate) fn new(command: &str, rest: Vec<String>) -> Options {
        Options {
            command: command.to_owned(),
            rest,
        }
    }

    /// Whether the switch was given.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.rest.len();
        self.rest.retain(|argument| argument != name);
        self.rest.len() != before
    }

    /// The value after `--name`, or in `--name=value`.
    pub(crate) fn value<T>(&mut self, name: &str) -> Result<Option<T>>
    where
        T: std::str::FromStr,
        T::Err: std::fmt::Display,
    {
        let joined = format!("{name}=");
        let Some(at) = self
            .rest
            .iter()
            .position(|a| a == name || a.starts_with(&joined))
        else {
            return Ok(None);
        };
        let argument = self.rest.remove(at);
        let text = match argument.strip_prefix(&joined) {
            Some(text) => text.to_owned(),
            None if at < self.rest.len() => self.rest.remove(at),
            None => return Err(Failure::new(format!("{name} needs a value"))),
        };
        text.parse().map(Some).context(format!("{name} {text}"))
    }

    /// Refuses what nobody asked for.
    pub(crate) fn finish(&self) -> Result<()> {
        match self.rest.first() {
            None => Ok(()),
            Some(unknown) => Err(Failure::new(format!(
                "`cargo xtask {}` has no option {unknown:?}; see `cargo xtask help`",
                self.command
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(text: &str) -> Options {
        Options::new(
            "serve",
            text.split_whitespace().map(str::to_owned).collect(),
        )
    }

    #[test]
    fn values_stand_after_or_beside_their_name() {
        assert_eq!(
            options("--port 80").value::<u16>("--port").unwrap(),
            Some(80)
        );
        assert_eq!(
            options("--port=80").value::<u16>("--port").unwrap(),
            Some(80)
        );
        assert_eq!(options("").value::<u16>("--port").unwrap(), None);
    }

    #[test]
    fn what_is_not_understood_is_refused_by_name() {
        let mut given = options("--release --prot 80");
        assert!(given.flag("--release"));
        let message = given.finish().unwrap_err().to_string();
        assert_eq!(
            message,
            "`cargo xtask serve` has no option \"--prot\"; see `cargo xtask help`"
        );
        assert!(
            options("--port")
                .value::<u16>("--port")
                .unwrap_err()
                .to_string()
                .contains("needs a value")
        );
        let message = options("--port many")
            .value::<u16>("--port")
            .unwrap_err()
            .to_string();
        assert_eq!(message, "--port many: invalid digit found in string");
    }
}
