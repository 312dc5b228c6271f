//! The JSON Schema that is published with the page.

use std::{env, fs, path::Path};

/// Set to write the file anew instead of comparing it.
const WRITE: &str = "BEARINGS_WRITE";

#[test]
fn the_published_schema_is_the_one_of_this_code() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/plan.schema.json");
    let schema = format!("{:#}\n", bearings_plan::schema());
    if env::var_os(WRITE).is_some() {
        fs::write(&file, &schema).unwrap();
    }
    let published = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(published == schema, "public/plan.schema.json is out of date: run this test with {WRITE}=1");
}
