//! From decimal digits to the nearest double.
//!
//! The parsers of the standard library and of serde_json are faster for numbers of many digits, by tables of powers of
//! five that would be a twentieth of the page. Numbers that people write need neither: [`nearest`] multiplies once. The
//! rest is long division.

use std::cmp::Ordering;

/// Beyond so many digits, all that counts is whether another one follows that is not zero.
const MAX_DIGITS: usize = 800;
/// 10²² is the largest power of ten that is a double.
const EXACT_POWER: i32 = 22;
/// Up to here, every whole number is a double.
const EXACT_WHOLE: u64 = 1 << 53;
/// The exponent of the smallest double.
const SMALLEST: i32 = -1074;

/// The double nearest to `digits` (ASCII digits, read as a whole number) times 10^`exponent`; of two that are as near, the
/// even one. `None` if it is larger than all doubles.
pub fn nearest(digits: &[u8], exponent: i32) -> Option<f64> {
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    let digits = digits.get(zeros..).unwrap_or_default();
    let all = i32::try_from(digits.len()).ok()?;
    // From here on every double is 0 or none, whatever the digits are.
    let magnitude = exponent.saturating_add(all);
    if digits.is_empty() || magnitude < -330 {
        return Some(0.0);
    }
    if magnitude > 310 {
        return None;
    }
    let whole = digits.iter().take(19).fold(0, |whole, digit| whole * 10 + u64::from(digit - b'0'));
    if all <= 19 && whole <= EXACT_WHOLE && exponent.abs() <= EXACT_POWER {
        let power = (0..exponent.abs()).fold(1.0, |power, _| power * 10.0);
        let whole = as_double(whole);
        return Some(if exponent < 0 { whole / power } else { whole * power });
    }
    let mut above = Big::default();
    for digit in digits.iter().take(MAX_DIGITS) {
        above.times_and(10, u32::from(digit - b'0'));
    }
    let mut exponent = exponent;
    if let Some(beyond) = digits.get(MAX_DIGITS..) {
        let more = beyond.iter().any(|digit| *digit != b'0');
        above.times_and(10, more.into());
        exponent = exponent.saturating_add(i32::try_from(beyond.len()).ok()? - 1);
    }
    let mut below = Big(vec![1]);
    for _ in 0..exponent.abs() {
        if exponent < 0 { &mut below } else { &mut above }.times_and(10, 0);
    }
    quotient(above, below)
}

/// The double nearest to a quotient.
fn quotient(mut above: Big, mut below: Big) -> Option<f64> {
    // So that the quotient is more than 1/2 and less than 2: its first 60 bits tell all but whether it is a tie.
    let power = above.bits() - below.bits();
    if power > 0 { &mut below } else { &mut above }.shift(power.unsigned_abs());
    let mut bits = 0_u64;
    for _ in 0..60 {
        bits <<= 1;
        if above.compare(&below) != Ordering::Less {
            above.subtract(&below);
            bits |= 1;
        }
        above.shift(1);
    }
    let exponent = power - 59;
    // A double has 53 bits, and fewer where it is tiny.
    let length = 64 - bits.leading_zeros().cast_signed();
    let dropped = (length - 53).max(SMALLEST - exponent);
    let kept = bits.checked_shr(dropped.unsigned_abs()).unwrap_or(0);
    let rest = bits - kept.checked_shl(dropped.unsigned_abs()).unwrap_or(0);
    let half = 1_u64.checked_shl(dropped.unsigned_abs() - 1).unwrap_or(u64::MAX);
    let up = match rest.cmp(&half) {
        Ordering::Less => false,
        Ordering::Equal => above.bits() > 0 || kept % 2 == 1,
        Ordering::Greater => true,
    };
    // In two steps, since a tiny power is none by itself.
    let exponent = exponent + dropped;
    let value = as_double(kept + u64::from(up)) * power_of_two(exponent / 2) * power_of_two(exponent - exponent / 2);
    value.is_finite().then_some(value)
}

/// For whole numbers up to 2^53.
#[expect(clippy::cast_precision_loss, reason = "exact to 2^53")]
fn as_double(whole: u64) -> f64 {
    whole as f64
}

/// For exponents within ±1000.
fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(u64::from((exponent + 1023).unsigned_abs()) << 52)
}

/// A whole number of any length, in words of 32 bits, the lowest first.
#[derive(Default)]
struct Big(Vec<u32>);

impl Big {
    /// Times a factor, plus a summand.
    fn times_and(&mut self, factor: u32, summand: u32) {
        let mut carry = u64::from(summand);
        for word in &mut self.0 {
            let product = u64::from(*word) * u64::from(factor) + carry;
            *word = low(product);
            carry = product >> 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
    }

    /// Times 2^`bits`.
    fn shift(&mut self, bits: u32) {
        self.times_and(1 << (bits % 32), 0);
        if bits >= 32 {
            self.0.splice(..0, (0..bits / 32).map(|_| 0));
        }
    }

    /// How many bits it has.
    fn bits(&self) -> i32 {
        let top = self.0.iter().rposition(|word| *word > 0);
        let length = |top: usize| i32::try_from(top).unwrap_or(i32::MAX / 64) * 32;
        top.map_or(0, |top| length(top) + 32 - self.0[top].leading_zeros().cast_signed())
    }

    fn word(&self, place: usize) -> u32 {
        self.0.get(place).copied().unwrap_or(0)
    }

    fn compare(&self, other: &Self) -> Ordering {
        let places = (0..self.0.len().max(other.0.len())).rev();
        places.map(|place| self.word(place).cmp(&other.word(place))).find(|it| it.is_ne()).unwrap_or(Ordering::Equal)
    }

    /// Less one that is not larger.
    fn subtract(&mut self, other: &Self) {
        let mut borrow = false;
        for place in 0..self.0.len() {
            let (less, under) = self.0[place].overflowing_sub(other.word(place));
            let (less, further) = less.overflowing_sub(borrow.into());
            self.0[place] = less;
            borrow = under || further;
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is what is meant")]
fn low(word: u64) -> u32 {
    word as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What the standard library reads; `None` for infinity.
    fn standard(digits: &str, exponent: i32) -> Option<f64> {
        format!("{digits}e{exponent}").parse().ok().filter(|value: &f64| value.is_finite())
    }

    #[track_caller]
    fn agrees(digits: &str, exponent: i32) {
        let ours = nearest(digits.as_bytes(), exponent);
        assert_eq!(ours.map(f64::to_bits), standard(digits, exponent).map(f64::to_bits), "{digits}e{exponent}");
    }

    #[test]
    fn the_hard_ones_are_read_as_the_standard_library_does() {
        for (digits, exponent) in [
            ("0", 0),
            ("000", 400),
            ("1", 0),
            ("30000000000000004", -17),
            ("9007199254740992", 0),
            ("9007199254740993", 0),
            ("9007199254740994", 0),
            ("9007199254740995", 0),
            ("900719925474099300000000000000000000000000000000000000000000000001", -50),
            ("17976931348623157", 292),
            ("17976931348623158", 292),
            ("17976931348623159", 292),
            ("179769313486231580793728971405301", 276),
            ("22250738585072014", -324),
            ("22250738585072011", -324),
            ("2225073858507201136057409796709131975934819546351645648023426109724822222021", -383),
            ("49", -325),
            ("24", -325),
            ("25", -325),
            ("247032822920623272088284396434110686182", -362),
            ("247032822920623272088284396434110686183", -362),
            ("1", -400),
            ("1", 308),
            ("1", 309),
            ("1", 23),
            ("123456789012345678", 22),
            ("1", i32::MAX),
            ("1", i32::MIN),
        ] {
            agrees(digits, exponent);
        }
        // Halfway between two doubles, but for a digit far behind.
        for last in ["0", "1"] {
            agrees(&format!("9007199254740993{}{last}", "0".repeat(900)), -901);
        }
        agrees(&"7".repeat(2000), -1900);
    }

    proptest! {
        #[test]
        fn digits_and_exponents_are_read_as_the_standard_library_does(digits in "[0-9]{1,40}", exponent in -400i32..400) {
            agrees(&digits, exponent);
        }

        #[test]
        fn what_is_written_in_full_is_read_again(bits in any::<u64>(), tiny in any::<bool>()) {
            let value = f64::from_bits(if tiny { bits >> 11 } else { bits >> 1 });
            prop_assume!(value.is_finite());
            for text in [format!("{value:e}"), format!("{value:.17e}"), format!("{value:.770e}")] {
                let (mantissa, exponent) = text.split_once('e').unwrap();
                let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
                let exponent = exponent.parse::<i32>().unwrap() - i32::try_from(fraction.len()).unwrap();
                let read = nearest(format!("{whole}{fraction}").as_bytes(), exponent);
                prop_assert_eq!(read.map(f64::to_bits), Some(value.to_bits()));
            }
        }

        /// Between two doubles there is a tie, and the even one is meant.
        #[test]
        fn ties_go_to_the_even_one(whole in (1u64 << 53)..(1 << 62)) {
            agrees(&(whole | 1).to_string(), 0);
            agrees(&format!("{whole}5"), -1);
        }
    }
}
