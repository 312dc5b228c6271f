//! Files that the reader lets the page read and write again: see `linked-file.js`, which is fetched when it is needed.

use bearings_plan::PlanId;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::window;

mod js {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen(module = "/src/web/linked.js")]
    extern "C" {
        #[derive(Debug)]
        pub type LinkedFile;
        #[wasm_bindgen(catch, js_name = linkedFile)]
        pub async fn linked_file() -> Result<JsValue, JsValue>;
        #[wasm_bindgen(method, catch, js_name = chooseNew)]
        pub async fn choose_new(this: &LinkedFile, plan: &str, suggested: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(method, catch, js_name = chooseThere)]
        pub async fn choose_there(this: &LinkedFile, plan: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(method, catch)]
        pub async fn permission(this: &LinkedFile, plan: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(method, catch)]
        pub async fn ask(this: &LinkedFile, plan: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(method, catch)]
        pub async fn read(this: &LinkedFile, plan: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(method, catch)]
        pub async fn write(this: &LinkedFile, plan: &str, text: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(method, catch)]
        pub async fn forget(this: &LinkedFile, plan: &str) -> Result<JsValue, JsValue>;
    }
}

/// Why nothing came of it: the browser, the disk or the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotReached;

impl From<JsValue> for NotReached {
    fn from(_: JsValue) -> Self {
        Self
    }
}

/// Whether the page may use a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    Granted,
    /// Only after a click, or not at all.
    Withheld,
    /// There is no file.
    NoFile,
}

/// What the reader chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choose<'a> {
    /// A new file of about this name.
    New(&'a str),
    /// One that is there.
    There,
}

/// Whether this browser lets a page write files.
#[must_use]
pub fn is_supported() -> bool {
    has("showSaveFilePicker")
}

/// Whether it also lets the reader choose one that is there.
#[must_use]
pub fn may_choose_there() -> bool {
    has("showOpenFilePicker")
}

fn has(name: &str) -> bool {
    window().is_some_and(|window| Reflect::has(&window, &name.into()).unwrap_or(false))
}

/// The files of plans.
#[derive(Debug)]
pub struct Files(js::LinkedFile);

impl Files {
    /// Fetches what it takes.
    pub async fn fetch() -> Result<Self, NotReached> {
        Ok(Self(js::linked_file().await?.unchecked_into()))
    }

    /// The name of the file that the reader chose; none if they changed their mind. Only right after a click.
    pub async fn choose(&self, plan: PlanId, choose: Choose<'_>) -> Result<Option<String>, NotReached> {
        let plan = plan.to_string();
        let name = match choose {
            Choose::New(suggested) => self.0.choose_new(&plan, suggested).await?,
            Choose::There => self.0.choose_there(&plan).await?,
        };
        Ok(name.as_string())
    }

    /// Whether a plan's file may be used now.
    pub async fn permission(&self, plan: PlanId) -> Result<Permission, NotReached> {
        Ok(permission(&self.0.permission(&plan.to_string()).await?))
    }

    /// Asks the reader. Only right after a click.
    pub async fn ask(&self, plan: PlanId) -> Result<Permission, NotReached> {
        Ok(permission(&self.0.ask(&plan.to_string()).await?))
    }

    /// The text of a plan's file.
    pub async fn read(&self, plan: PlanId) -> Result<String, NotReached> {
        self.0.read(&plan.to_string()).await?.as_string().ok_or(NotReached)
    }

    /// Writes a plan's file.
    pub async fn write(&self, plan: PlanId, text: &str) -> Result<(), NotReached> {
        self.0.write(&plan.to_string(), text).await?;
        Ok(())
    }

    /// Lets go of a plan's file; it stays where it is.
    pub async fn forget(&self, plan: PlanId) {
        // A handle that nobody asks for does no harm.
        let _ = self.0.forget(&plan.to_string()).await;
    }
}

fn permission(state: &JsValue) -> Permission {
    match state.as_string().as_deref() {
        Some("granted") => Permission::Granted,
        Some(_) => Permission::Withheld,
        None => Permission::NoFile,
    }
}
