//! Bearings: OKRs and KPIs in one static page.

mod call;
mod reactive;
mod state;
mod ui;
mod web;
mod words;

fn main() {
    ui::mount();
}
