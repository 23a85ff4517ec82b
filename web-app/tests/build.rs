//! The *Build* tab as HTML: forms, files, the text in its colours, what to know.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its helpers too"
)]

mod page;

use interspoke_core::export::{Form, Groups, Naming};
use interspoke_web::state::{BuildMsg, Msg, State, Tab, update};
use page::render;
use std::rc::Rc;

fn page(messages: impl IntoIterator<Item = BuildMsg>) -> String {
    let mut state = Rc::new(State::on_first_sample());
    state = update(state, Msg::Show(Tab::Build)).0;
    for msg in messages {
        state = update(state, Msg::Build(msg)).0;
    }
    render(state)
}

#[track_caller]
fn shows(html: &str, wanted: &[&str]) {
    for text in wanted {
        assert!(html.contains(text), "{text:?} is missing in\n{html}");
    }
}

#[test]
fn the_tab_opens_on_bicep_with_its_file_and_what_to_know() {
    let html = page([]);
    shows(
        &html,
        &[
            "main.bicep",
            "<span class=\"c-word\">resource</span>",
            "Microsoft.Network/routeTables@2025-01-01",
            "things to know before you deploy",
            "Save all as zip",
        ],
    );
    assert!(
        !html.contains("a group a region"),
        "Bicep is deployed to a group that is there"
    );
}

#[test]
fn every_form_shows_its_files_and_its_choices() {
    let wanted = [
        (Form::Arm, "azuredeploy.json"),
        (Form::Terraform, "variables.tf"),
        (Form::CommandLine, "deploy.sh"),
        (Form::Tables, "peerings.csv"),
        (Form::Mermaid, "network.mmd"),
        (Form::DrawIo, "network.drawio"),
    ];
    for (form, file) in wanted {
        shows(&page([BuildMsg::Form(form)]), &[file, "c-plain"]);
    }
    let html = page([
        BuildMsg::Form(Form::CommandLine),
        BuildMsg::Groups(Groups::PerRegion),
        BuildMsg::Naming(Naming::AsWritten),
    ]);
    shows(&html, &["RESOURCE_GROUP_EASTUS", "network vnet create"]);
    assert!(!html.contains("vnet-Hub1"), "names stay as written");
}

#[test]
fn a_second_file_opens_and_another_form_begins_with_its_first() {
    let html = page([BuildMsg::Form(Form::Terraform), BuildMsg::File(1)]);
    shows(&html, &["<span class=\"c-word\">variable</span>"]);
    let html = page([
        BuildMsg::Form(Form::Terraform),
        BuildMsg::File(1),
        BuildMsg::Form(Form::Bicep),
    ]);
    shows(&html, &["<span class=\"c-word\">resource</span>"]);
}
