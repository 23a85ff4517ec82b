//! The rules of the repository, as tests.
use crate::failure::Result;
pub(crate) fn command_line() -> Result<()> {
    Ok(())
}
