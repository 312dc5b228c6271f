//! Taking back what was done, and making it again. It comes with the chunk that saves: before anything was done, there
//! is nothing to take back.

use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::lazy;
use crate::{
    state::{Toast, Workspace},
    words::shell as words,
};

/// Takes the last change back, and says so.
pub fn undo(workspace: Workspace) {
    said(workspace, undone(workspace));
}

/// Makes the change again that was last taken back, and says so.
pub fn redo(workspace: Workspace) {
    said(workspace, redone(workspace));
}

/// Does what a toast's button offers.
pub fn take_back(workspace: Workspace, toast: Toast) {
    said(workspace, taken_back(workspace, toast));
}

fn said(workspace: Workspace, done: impl Future<Output = Result<(), SplitLoaderError>> + 'static) {
    lazy::soon(done, move |done| {
        if done.is_err() {
            workspace.say(words::not_fetched(), None);
        }
    });
}

#[wasm_split(save, fallible)]
fn undone(workspace: Workspace) -> Result<(), SplitLoaderError> {
    workspace.undo();
    Ok(())
}

#[wasm_split(save, fallible)]
fn redone(workspace: Workspace) -> Result<(), SplitLoaderError> {
    workspace.redo();
    Ok(())
}

#[wasm_split(save, fallible)]
fn taken_back(workspace: Workspace, toast: Toast) -> Result<(), SplitLoaderError> {
    workspace.take_back(&toast);
    Ok(())
}
