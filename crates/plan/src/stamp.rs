//! Who edited when: hybrid logical clocks.

use std::{fmt, str::FromStr};

use crate::Day;

/// The source of an edit: one run of the page in one tab, so that two tabs never share one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Actor(pub u32);

/// The instant of an edit: a hybrid logical clock's reading and its actor. Stamps are totally ordered, and no two
/// edits share one. The text is of fixed width and sorts as the stamps do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    millis: u64,
    count: u16,
    actor: Actor,
}

/// Everything that a change has to know about its moment: the stamp, and the civil day of whoever made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// The instant and the actor.
    pub stamp: Stamp,
    /// The civil day where the edit was made.
    pub day: Day,
}

/// A text that is no stamp.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an edit stamp")]
pub struct StampError;

impl Stamp {
    /// Before all that clocks give.
    pub(crate) const FIRST: Self = Self { millis: 0, count: 0, actor: Actor(0) };
    /// Milliseconds since 1970 in UTC that a stamp may not reach (the year 2200): a stamp from the far future would
    /// win every merge for ever.
    const MILLIS_END: u64 = 7_258_118_400_000;
    /// What files from elsewhere may say ends a year earlier. A clock that goes on from there has room, and what it
    /// stamps then is read back from the store like everything else.
    const MILLIS_FILE_END: u64 = Self::MILLIS_END - 31_536_000_000;
    const COUNT_END: u16 = 0x1000;
    /// A clock of a machine that says so much or more (the year 2150) is wrong: stamps go on from the latest one seen.
    const CLOCK_END: u64 = 5_680_281_600_000;

    /// A stamp at `millis` since 1970 in UTC.
    #[must_use]
    pub fn new(millis: u64, count: u16, actor: Actor) -> Self {
        Self { millis: millis.min(Self::MILLIS_END - 1), count: count.min(Self::COUNT_END - 1), actor }
    }

    /// Milliseconds since 1970, UTC.
    #[must_use]
    pub const fn millis(self) -> u64 {
        self.millis
    }

    /// Who made the edit.
    #[must_use]
    pub const fn actor(self) -> Actor {
        self.actor
    }

    /// Whether it is too late for a file from elsewhere.
    pub(crate) const fn is_beyond_files(self) -> bool {
        self.millis >= Self::MILLIS_FILE_END
    }
}

/// A hybrid logical clock: its readings never go back, even when the machine's clock does, and they follow whatever
/// has been [observed](Clock::observe) from elsewhere.
#[derive(Debug, Clone)]
pub struct Clock {
    last: Stamp,
}

impl Clock {
    /// A clock of `actor`.
    #[must_use]
    pub fn new(actor: Actor) -> Self {
        Self { last: Stamp::new(0, 0, actor) }
    }

    /// Whose clock this is.
    #[must_use]
    pub const fn actor(&self) -> Actor {
        self.last.actor
    }

    /// The next stamp, at `now` milliseconds since 1970 or just after the latest stamp seen.
    pub fn tick(&mut self, now: u64) -> Stamp {
        let Stamp { millis, count, actor } = self.last;
        let now = if now < Stamp::CLOCK_END { now } else { millis };
        self.last = if now > millis {
            Stamp::new(now, 0, actor)
        } else if count + 1 < Stamp::COUNT_END {
            Stamp::new(millis, count + 1, actor)
        } else {
            Stamp::new(millis + 1, 0, actor)
        };
        self.last
    }

    /// Takes note of a stamp from elsewhere: later readings come after it.
    pub fn observe(&mut self, seen: Stamp) {
        if (seen.millis, seen.count) > (self.last.millis, self.last.count) {
            self.last = Stamp { actor: self.last.actor, ..seen };
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl fmt::Debug for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Actor {
    type Err = StampError;

    fn from_str(text: &str) -> Result<Self, StampError> {
        hex(text, 8).and_then(|value| u32::try_from(value).map_err(|_| StampError)).map(Self)
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:011x}{:03x}{}", self.millis, self.count, self.actor)
    }
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Stamp {
    type Err = StampError;

    fn from_str(text: &str) -> Result<Self, StampError> {
        let (millis, rest) = text.split_at_checked(11).ok_or(StampError)?;
        let (count, actor) = rest.split_at_checked(3).ok_or(StampError)?;
        let millis = hex(millis, 11)?;
        if millis >= Self::MILLIS_END {
            return Err(StampError);
        }
        let count = u16::try_from(hex(count, 3)?).map_err(|_| StampError)?;
        Ok(Self { millis, count, actor: actor.parse()? })
    }
}

fn hex(text: &str, width: usize) -> Result<u64, StampError> {
    let lower_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    if text.len() == width && text.bytes().all(lower_hex) {
        u64::from_str_radix(text, 16).map_err(|_| StampError)
    } else {
        Err(StampError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_never_goes_back() {
        let mut clock = Clock::new(Actor(7));
        let first = clock.tick(1_000);
        let second = clock.tick(400);
        assert!(second > first);
        clock.observe(Stamp::new(9_000, 5, Actor(1)));
        assert!(clock.tick(2_000) > Stamp::new(9_000, 5, Actor(1)));
        assert_eq!(clock.actor(), Actor(7));
    }

    #[test]
    fn a_clock_from_the_far_future_repeats_no_stamp() {
        for now in [5_680_281_600_000, 7_289_654_400_000, 253_370_764_800_000, u64::MAX] {
            let mut clock = Clock::new(Actor(7));
            clock.observe(Stamp::new(1_763_715_600_000, 0, Actor(1)));
            let stamps: Vec<_> = (0..10_000).map(|_| clock.tick(now)).collect();
            assert!(stamps.is_sorted_by(|a, b| a < b), "{now}");
            assert!(stamps.iter().all(|stamp| stamp.millis() < 1_763_715_600_010), "{now}");
            // Once the clock is right again, stamps follow it.
            assert_eq!(clock.tick(1_763_715_700_000), Stamp::new(1_763_715_700_000, 0, Actor(7)));
        }
    }

    #[test]
    fn a_clock_outruns_a_thousand_edits_in_one_millisecond() {
        let mut clock = Clock::new(Actor(7));
        let stamps: Vec<_> = (0..10_000).map(|_| clock.tick(5)).collect();
        assert!(stamps.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn text_sorts_as_stamps_do_and_reads_back() {
        let stamps = [
            Stamp::new(9, 0, Actor(3)),
            Stamp::new(10, 0, Actor(2)),
            Stamp::new(10, 11, Actor(1)),
            Stamp::new(1_763_715_600_000, 0, Actor(u32::MAX)),
        ];
        assert!(stamps.map(|stamp| stamp.to_string()).is_sorted());
        for stamp in stamps {
            assert_eq!(stamp.to_string().parse(), Ok(stamp));
        }
        for bad in ["", "0", "zzzzzzzzzzz00000000001", "fffffffffff00000000001", "+000000000100000000001"] {
            assert_eq!(bad.parse::<Stamp>(), Err(StampError), "{bad}");
        }
    }
}
