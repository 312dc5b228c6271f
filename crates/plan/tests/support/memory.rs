//! A store in memory, without faults.

use std::{cell::RefCell, collections::BTreeMap, convert::Infallible};

use bearings_plan::store::Store;

#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Memory(pub RefCell<BTreeMap<String, String>>);

impl Store for Memory {
    type Error = Infallible;

    fn get(&self, key: &str) -> Result<Option<String>, Infallible> {
        Ok(self.0.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Infallible> {
        self.0.borrow_mut().insert(key.to_owned(), text.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), Infallible> {
        self.0.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, Infallible> {
        Ok(self.0.borrow().keys().filter(|key| key.starts_with(prefix)).cloned().collect())
    }
}
