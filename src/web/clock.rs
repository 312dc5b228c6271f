//! What time it is, and telling when a new day begins.

use std::{cell::Cell, rc::Rc, time::Duration};

use bearings_plan::Day;
use gloo_events::EventListener;
use gloo_timers::callback::{Interval, Timeout};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{IdleRequestOptions, window};

use super::watch::Watch;

/// A laptop that sleeps through midnight is noticed within this.
const MINUTE_MILLIS: u32 = 60_000;
/// Long enough for the first paint.
const A_MOMENT_MILLIS: i32 = 1_000;

/// Milliseconds since 1970, UTC, as the machine believes them to be.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates; before 1970 is 0")]
pub fn now_millis() -> u64 {
    js_sys::Date::now() as u64
}

/// The reader's civil day, in the time zone of the machine.
#[must_use]
pub fn today() -> Day {
    civil_day(&js_sys::Date::new_0())
}

/// The civil day of an instant, in the time zone of the machine.
#[must_use]
pub fn day_of(millis: u64) -> Day {
    #[expect(clippy::cast_precision_loss, reason = "exact to 2^53, which is far off")]
    civil_day(&js_sys::Date::new(&(millis as f64).into()))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "years below 275,761; months, days")]
fn civil_day(date: &js_sys::Date) -> Day {
    // A clock that is wrong by centuries must not stop the page.
    let year = (date.get_full_year() as i32).clamp(*Day::YEARS.start(), *Day::YEARS.end());
    let month = date.get_month() as u8 + 1;
    let day = |day| Day::new(year, month, day);
    day(date.get_date() as u8)
        .or_else(|_| day(28))
        .unwrap_or_else(|_| unreachable!("each month of each year has a 28th"))
}

/// Calls back with the new day, once for each: after midnight, after sleep, after a journey.
pub fn on_new_day(callback: impl Fn(Day) + 'static) -> Watch {
    let seen = Cell::new(today());
    let look = Rc::new(move || {
        let now = today();
        if seen.replace(now) != now {
            callback(now);
        }
    });
    let each_minute = Rc::clone(&look);
    let mut watch = Watch::default().and(Interval::new(MINUTE_MILLIS, move || each_minute()));
    // Timers rest while a tab is hidden.
    if let Some(window) = window() {
        let on_focus = Rc::clone(&look);
        watch = watch.and(EventListener::new(&window, "focus", move |_| on_focus()));
        if let Some(document) = window.document() {
            watch = watch.and(EventListener::new(&document, "visibilitychange", move |_| look()));
        }
    }
    watch
}

/// Calls back once the browser has nothing else to do.
pub fn when_idle(callback: impl FnOnce() + 'static) {
    let Some(window) = window() else { return };
    let callback = Closure::once_into_js(callback);
    // Safari knows no idle time; a moment after the first paint is as good.
    let has_idle = Reflect::has(&window, &"requestIdleCallback".into()).unwrap_or(false);
    let asked = if has_idle {
        let options = IdleRequestOptions::new();
        // A page on which nothing moves may be told very late that it is idle.
        options.set_timeout(A_MOMENT_MILLIS.unsigned_abs());
        window.request_idle_callback_with_options(callback.unchecked_ref(), &options).is_ok()
    } else {
        window.set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), A_MOMENT_MILLIS).is_ok()
    };
    debug_assert!(asked, "the browser takes callbacks");
}

/// Calls back once, after `delay`, unless the watch is dropped before.
pub fn after(delay: Duration, callback: impl FnOnce() + 'static) -> Watch {
    let millis = u32::try_from(delay.as_millis()).unwrap_or(u32::MAX);
    Watch::default().and(Timeout::new(millis, callback))
}
