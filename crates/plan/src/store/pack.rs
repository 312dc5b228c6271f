//! Lists of objects as columns: ten years of readings and check-ins in a seventh of the room.
//!
//! A reading is some 50 characters of JSON, of which 5 are its value: the names of its fields, its year and who wrote it
//! are those of the reading before. Packed, a list of objects is an object with a column for each field, and the number
//! of rows under `#`. A column is a list of cells:
//!
//! - a value, unless it is a list: that value
//! - `[n, value]`: that value n times
//! - `[n]`: nothing, n times
//! - `[list]`: that list
//!
//! or, where each cell is a day, `{"from": the first, "by": the days from each to the next}`, the latter a column too.
//! Names that begin with `#` outside of that begin with one `#` more.

use serde_json::{Map, Value};

use crate::Day;

/// The number of rows.
const ROWS: &str = "#";
/// The first day of a column of days, and the steps from each to the next.
const FROM: &str = "from";
const BY: &str = "by";
/// Shorter lists stay as they are: columns have names, too.
const FEWEST_ROWS: usize = 4;
/// Shorter runs are written out.
const FEWEST_ALIKE: usize = 3;
/// The most cells of all packed lists together, several times what ten years take: no text makes more of itself than that
/// when it is unpacked. What is beyond stays as it is.
const MOST_CELLS: usize = 2_000_000;

/// The same in less room.
pub fn packed(value: &Value) -> Value {
    Packing { room: Room(MOST_CELLS) }.value(value)
}

/// What [`packed`] gave, as it was; none for what it never gives.
pub fn unpacked(value: &Value) -> Option<Value> {
    Unpacking { room: Room(MOST_CELLS) }.value(value)
}

/// How many more cells there may be.
struct Room(usize);

impl Room {
    /// Takes what a table takes, the rows themselves included; none where that is more than is left.
    fn take(&mut self, rows: usize, columns: usize) -> Option<()> {
        self.0 = self.0.checked_sub(rows.checked_mul(columns + 1)?)?;
        Some(())
    }
}

/// A name that is not taken for the number of rows.
fn escaped(name: &str) -> String {
    let mark = if name.starts_with(ROWS) { ROWS } else { "" };
    format!("{mark}{name}")
}

/// A name as it was before it was escaped.
fn plain(name: &str) -> Option<&str> {
    match name.strip_prefix(ROWS) {
        None => Some(name),
        Some(escaped) => escaped.starts_with(ROWS).then_some(escaped),
    }
}

fn day_of(cell: Option<&Value>) -> Option<Day> {
    let text = cell?.as_str()?;
    // The one way in which a day is written.
    text.parse::<Day>().ok().filter(|day| day.to_string() == text)
}

struct Packing {
    room: Room,
}

impl Packing {
    fn value(&mut self, value: &Value) -> Value {
        match value {
            Value::Object(fields) => {
                let mut packed = Map::new();
                for (name, value) in fields {
                    packed.insert(escaped(name), self.value(value));
                }
                Value::Object(packed)
            }
            Value::Array(items) => match self.columns(items) {
                Some(names) => self.table(items, &names),
                None => items.iter().map(|item| self.value(item)).collect(),
            },
            single => single.clone(),
        }
    }

    /// The names of the columns, if these become a table; then they have their room.
    fn columns<'v>(&mut self, rows: &'v [Value]) -> Option<Vec<&'v str>> {
        let mut names: Vec<&str> = Vec::new();
        for row in rows {
            for (name, _) in row.as_object()? {
                if !names.contains(&name.as_str()) {
                    names.push(name);
                }
            }
        }
        if rows.len() < FEWEST_ROWS {
            return None;
        }
        self.room.take(rows.len(), names.len())?;
        Some(names)
    }

    fn table(&mut self, rows: &[Value], names: &[&str]) -> Value {
        let mut columns = Map::new();
        columns.insert(ROWS.to_owned(), rows.len().into());
        for name in names {
            let cells: Vec<_> = rows.iter().map(|row| row.get(name)).collect();
            let column = self.days(&cells).unwrap_or_else(|| self.column(&cells));
            columns.insert(escaped(name), column);
        }
        Value::Object(columns)
    }

    /// A column of days, if each cell is one.
    fn days(&mut self, cells: &[Option<&Value>]) -> Option<Value> {
        let first = day_of(*cells.first()?)?;
        let mut before = first;
        let mut steps = Vec::new();
        for cell in &cells[1..] {
            let day = day_of(*cell)?;
            steps.push(Value::from(day.days_since(before)));
            before = day;
        }
        let steps: Vec<_> = steps.iter().map(Some).collect();
        let mut column = Map::new();
        column.insert(FROM.to_owned(), first.to_string().into());
        column.insert(BY.to_owned(), self.column(&steps));
        Some(Value::Object(column))
    }

    fn column(&mut self, cells: &[Option<&Value>]) -> Value {
        let mut written = Vec::new();
        let mut place = 0;
        while let Some(cell) = cells.get(place) {
            let may_repeat = !matches!(cell, Some(Value::Array(_) | Value::Object(_)));
            let alike = cells[place..].iter().take_while(|next| may_repeat && *next == cell).count().max(1);
            place += alike;
            let cell = match cell.map(|value| self.value(value)) {
                None => Value::Array(vec![alike.into()]),
                Some(list @ Value::Array(_)) => Value::Array(vec![list]),
                Some(value) if alike >= FEWEST_ALIKE => Value::Array(vec![alike.into(), value]),
                Some(value) => {
                    for _ in 1..alike {
                        written.push(value.clone());
                    }
                    value
                }
            };
            written.push(cell);
        }
        Value::Array(written)
    }
}

struct Unpacking {
    room: Room,
}

impl Unpacking {
    fn value(&mut self, value: &Value) -> Option<Value> {
        Some(match value {
            Value::Object(fields) => match fields.get(ROWS) {
                Some(rows) => self.table(usize::try_from(rows.as_u64()?).ok()?, fields)?,
                None => {
                    let mut unpacked = Map::new();
                    for (name, value) in fields {
                        unpacked.insert(plain(name)?.to_owned(), self.value(value)?);
                    }
                    Value::Object(unpacked)
                }
            },
            Value::Array(items) => {
                let mut unpacked = Vec::new();
                for item in items {
                    unpacked.push(self.value(item)?);
                }
                Value::Array(unpacked)
            }
            single => single.clone(),
        })
    }

    fn table(&mut self, count: usize, columns: &Map<String, Value>) -> Option<Value> {
        self.room.take(count, columns.len() - 1)?;
        let mut rows = vec![Value::Object(Map::new()); count];
        for (name, column) in columns {
            if name != ROWS {
                let name = plain(name)?;
                self.column(column, count, &mut |place, value| {
                    if let Some(Value::Object(row)) = rows.get_mut(place) {
                        row.insert(name.to_owned(), value);
                    }
                })?;
            }
        }
        Some(Value::Array(rows))
    }

    /// Puts the cells of a column that has so many of them, each at its place.
    fn column(&mut self, column: &Value, count: usize, put: &mut dyn FnMut(usize, Value)) -> Option<()> {
        if let Value::Object(days) = column {
            return self.days(days, count, put);
        }
        let mut place = 0;
        for cell in column.as_array()? {
            let (alike, value) = match cell.as_array().map(Vec::as_slice) {
                None => (1, Some(cell)),
                Some([list @ Value::Array(_)]) => (1, Some(list)),
                Some([alike]) => (alike.as_u64()?, None),
                // Lists and objects are written out each time.
                Some([_, Value::Array(_) | Value::Object(_)]) => return None,
                Some([alike, value]) => (alike.as_u64()?, Some(value)),
                Some(_) => return None,
            };
            let end = usize::try_from(alike).ok()?.checked_add(place).filter(|end| *end <= count)?;
            if let Some(value) = value {
                for place in place..end {
                    put(place, self.value(value)?);
                }
            }
            place = end;
        }
        (place == count).then_some(())
    }

    fn days(&mut self, column: &Map<String, Value>, count: usize, put: &mut dyn FnMut(usize, Value)) -> Option<()> {
        let mut day = day_of(column.get(FROM))?;
        put(0, day.to_string().into());
        let mut last = Some(0);
        self.column(column.get(BY)?, count.checked_sub(1)?, &mut |place, step| {
            let step = step.as_i64().and_then(|step| i32::try_from(step).ok());
            last = step.filter(|_| last == Some(place)).map(|step| {
                day = day.plus_days(step);
                put(place + 1, day.to_string().into());
                place + 1
            });
        })?;
        (last == Some(count - 1) && column.len() == 2).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::notation::{text_of, value_of};

    /// What it is packed to; unpacked, it is itself again, also by way of its text.
    fn pack(value: &Value) -> Value {
        let small = packed(value);
        assert_eq!(unpacked(&small).as_ref(), Some(value));
        assert_eq!(value_of(&text_of(&small)).ok().and_then(|read| unpacked(&read)).as_ref(), Some(value));
        small
    }

    #[test]
    fn a_list_of_objects_becomes_columns() {
        let reading = |date: &str, value: f64| json!({"date": date, "value": value, "by": "00000001"});
        let readings = json!([
            reading("2026-01-31", 4.5),
            reading("2026-02-01", 4.5),
            reading("2026-02-02", 5.0),
            reading("2026-02-03", 6.0),
            reading("2026-02-03", 6.0),
        ]);
        assert_eq!(
            pack(&readings),
            json!({"#": 5, "date": {"from": "2026-01-31", "by": [[3, 1], 0]}, "value": [4.5, 4.5, 5.0, 6.0, 6.0],
                "by": [[5, "00000001"]]})
        );
    }

    #[test]
    fn what_is_missing_null_or_a_list_stays_so() {
        let rows = json!([{"a": null}, {"b": [1, [2]]}, {"a": [], "b": {}}, {}, {}, {"a": 1}]);
        assert_eq!(pack(&rows), json!({"#": 6, "a": [null, [1], [[]], [2], 1], "b": [[1], [[1, [2]]], {}, [3]]}));
        let days = |last: &str| json!([{"d": "2026-01-01"}, {"d": "2026-01-01"}, {"d": "2026-01-01"}, {"d": last}]);
        assert_eq!(pack(&days("2020-02-29"))["d"], json!({"from": "2026-01-01", "by": [0, 0, -2133]}));
        for no_day in ["2026-1-1", "2026-02-29", "+2026-01-01", ""] {
            assert_eq!(pack(&days(no_day))["d"], json!([[3, "2026-01-01"], no_day]));
        }
    }

    #[test]
    fn a_cell_may_be_a_table() {
        let rows = json!([{"a": 1}, {"a": 1}, {"a": 2}, {"a": 2}]);
        let table = json!({"#": 4, "a": [1, 1, 2, 2]});
        let nested = json!([{"r": rows}, {"r": rows}, {"r": rows}, {}]);
        assert_eq!(pack(&nested), json!({"#": 4, "r": [table, table, table, [1]]}));
    }

    #[test]
    fn short_lists_and_lists_of_other_things_stay_lists() {
        for list in [json!([{"a": 1}, {"a": 1}, {"a": 1}]), json!([1, 1, 1, 1]), json!([{}, {}, {}, 4]), json!([])] {
            assert_eq!(pack(&list), list);
        }
    }

    #[test]
    fn no_name_is_taken_for_the_number_of_rows() {
        assert_eq!(pack(&json!({"#": 3, "##": 1, "a": 2})), json!({"##": 3, "###": 1, "a": 2}));
        pack(&json!([{"#": 1}, {"#": 2}, {"##": 1}, {"from": 1, "by": 2}]));
    }

    #[test]
    fn what_was_never_packed_is_refused() {
        for foreign in [
            json!({"#": 2, "a": [1]}),
            json!({"#": 2, "a": [1, 2, 3]}),
            json!({"#": 2, "a": [[3, 1]]}),
            json!({"#": 2, "a": [[-1, 1], 2]}),
            json!({"#": 2, "a": [[2, {}]]}),
            json!({"#": 2, "a": [[2, 1, 1]]}),
            json!({"#": 2, "a": [[], 1]}),
            json!({"#": 2, "a": 1}),
            json!({"#": 2, "a": {"from": "2026-01-01", "by": [null]}}),
            json!({"#": 2, "a": {"from": "2026-01-01", "by": []}}),
            json!({"#": 2, "a": {"from": "today", "by": [1]}}),
            json!({"#": 1, "a": {"from": "2026-01-01", "by": [], "more": 1}}),
            json!({"#": 0, "a": {"from": "2026-01-01", "by": []}}),
            json!({"#": -1}),
            json!({"#": "two"}),
            json!({"#a": 1}),
            // More than there is room for, in one or in many.
            json!({"#": u64::MAX}),
            json!({"#": 1_000_000, "a": [[1_000_000, 1]], "b": [[1_000_000, 1]]}),
            json!([{"#": 1_000_000, "a": [[1_000_000, 1]]}, {"#": 1}]),
        ] {
            assert_eq!(unpacked(&foreign), None, "{foreign}");
        }
    }

    #[test]
    fn what_there_is_no_room_for_stays_a_list() {
        let rows: Value = std::iter::repeat_n(json!({"a": 1}), MOST_CELLS / 2 - 1).collect();
        let both = json!([rows, [{}, {}, {}, {}]]);
        let small = packed(&both);
        assert_eq!(small, json!([{"#": MOST_CELLS / 2 - 1, "a": [[MOST_CELLS / 2 - 1, 1]]}, [{}, {}, {}, {}]]));
        assert_eq!(unpacked(&small), Some(both));
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let day = (-800_000..800_000_i32).prop_map(|days| Value::from(Day::FIRST.plus_days(days).to_string()));
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (0..3_i64).prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-1e15..1e15_f64).prop_map(Value::from),
            "[#a]{0,2}".prop_map(Value::from),
            day,
        ];
        leaf.prop_recursive(4, 200, 12, |inner| {
            let name = prop_oneof!["[#a-c]{0,2}", Just("from".to_owned()), Just("by".to_owned())];
            let object = proptest::collection::vec((name, inner.clone()), 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect()));
            let alike = (object.clone(), 0..9_usize).prop_map(|(row, n)| std::iter::repeat_n(row, n).collect());
            prop_oneof![
                proptest::collection::vec(inner, 0..6).prop_map(Value::Array),
                proptest::collection::vec(object.clone(), 0..9).prop_map(Value::Array),
                object,
                alike,
            ]
        })
    }

    proptest! {
        #[test]
        fn everything_comes_back_as_it_was(value in any_json()) {
            pack(&value);
        }

        #[test]
        fn whatever_there_is_to_unpack_is_refused_or_something_that_can_be_packed(value in any_json()) {
            if let Some(value) = unpacked(&value) {
                pack(&value);
            }
        }
    }
}
