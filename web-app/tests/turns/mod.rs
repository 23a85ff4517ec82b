//! Messages and the turns that they ask for, as the page takes them one after the other.
use interspoke_web::state::{Effect, Msg, State, update};
use std::rc::Rc;

/// After messages and every turn that they ask for; the second is how many turns that were.
pub(crate) fn after(
    mut state: Rc<State>,
    messages: impl IntoIterator<Item = Msg>,
) -> (Rc<State>, usize) {
    let mut turns = 0;
    for msg in messages {
        let mut next = Some(msg);
        while let Some(msg) = next.take() {
            let (after, effects) = update(state, msg);
            state = after;
            if effects.iter().any(Effect::is_turn) {
                turns += 1;
                next = Some(Msg::Turn);
            }
        }
    }
    (state, turns)
}
