//! `cargo xtask start`: from a fresh clone to the page in the browser.

use anyhow::Result;

use crate::browser;
use crate::options::Options;
use crate::project::Project;
use crate::serve::Site;
use crate::site;

pub fn start(project: &Project, options: &Options) -> Result<()> {
    site::build(project)?;
    let site = Site::open(project.dist(), options.port)?;
    let address = site.address()?;
    println!("\nBearings is at {address} (Ctrl+C ends it)");
    if !options.no_open {
        browser::show(&address);
    }
    site.serve();
    Ok(())
}
