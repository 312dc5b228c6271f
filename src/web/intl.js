// Numbers and dates as the reader writes them. Rust (intl.rs) and the drawings
// (echarts.js) both format here, so that a tooltip says what the table says.

const NO_BREAK_SPACE = '\u00a0';

// Signs and currencies follow the reader, who also types them that way.
// Words follow the page, and with them the digits, which sentences hold as well:
// no „vor 3 Tagen“ and no ٢٠٪ within an English sentence.
const reader = known(navigator.language);
const page = known(document.documentElement.lang) ?? 'en';
const words = languageOf(reader) === languageOf(page) ? reader : `${languageOf(page)}-001`;
const numberingSystem = new Intl.NumberFormat(words).resolvedOptions().numberingSystem;

/** `value` with its unit: 1,234.5 pairs · 30% · €12.50. */
export function number(value, unit) {
  return write(value, unit, digits(value, isCurrency(unit)));
}

/** How many decimals `number` shows at most. */
export function decimals(value, unit) {
  const { maximumFractionDigits, maximumSignificantDigits } = digits(value, isCurrency(unit));
  const fractionDigits = () => maximumSignificantDigits - 1 - Math.floor(Math.log10(Math.abs(value)));
  return Math.min(maximumFractionDigits ?? fractionDigits(), 20);
}

/** As `number`, with so many decimals where they are not zero. */
export function numberTo(value, unit, most) {
  return write(value, unit, { maximumFractionDigits: most });
}

/** As `number`, with a plus sign for gains; zero has no sign. */
export function signed(value, unit) {
  return write(value, unit, { ...digits(value, isCurrency(unit)), signDisplay: 'exceptZero' });
}

/** A guide rather than a measurement, in three digits: 319.71 is 320. */
export function about(value, unit, withSign) {
  return write(value, unit, { maximumSignificantDigits: 3, signDisplay: withSign ? 'exceptZero' : 'auto' });
}

/** Short, for axes and tight places: 4.3K, in the letters of the page's language and with the reader's signs. */
export function compact(value, unit) {
  const size = Math.abs(value);
  const rounding = size < 1 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: size < 1_000 ? 2 : 1 };
  return write(value, unit, { notation: 'compact', minimumFractionDigits: 0, ...rounding });
}

/**
 * What writes the labels of an axis with lines at `values`: signs such as % and € stay, a word is not repeated on each.
 * Every label is exact, so that no two are alike: all of them are short where that takes few digits, else none is.
 */
export function axisLabels(values, unit) {
  const sign = unit === '%' || isCurrency(unit) ? unit : '';
  const isShort = values.every((value) => significantDigits(value) <= MOST_SHORT_DIGITS);
  const notation = isShort ? 'compact' : 'standard';
  return (value) => write(value, sign, { notation, maximumSignificantDigits: significantDigits(value) });
}

const MOST_SHORT_DIGITS = 5;

// 10,250 has four, 0.1 + 0.2 one: the last digit of a double is left out.
function significantDigits(value) {
  const [mantissa] = Math.abs(value).toPrecision(15).split('e');
  return Math.max(1, mantissa.replace('.', '').replace(/^0+|0+$/g, '').length);
}

/** A share of one: 0.57 is 57%. */
export function percent(share, decimals, withSign) {
  // Otherwise -0.001 would be "-0%".
  const shown = Math.abs(share) < 0.005 / 10 ** decimals ? 0 : share;
  const signDisplay = withSign ? 'exceptZero' : 'auto';
  return numbers({ style: 'percent', maximumFractionDigits: decimals, signDisplay }).format(shown);
}

/** The reader's decimal sign, followed by what stands between groups of digits. Some languages write money otherwise. */
export function separators(unit) {
  const style = isCurrency(unit) ? { style: 'currency', currency: unit } : {};
  const parts = numbers({ ...style, useGrouping: true }).formatToParts(12345.6);
  const sign = (type) => parts.find((part) => part.type === type)?.value;
  return (sign('decimal') ?? '.') + (sign('group') ?? ' ');
}

const DAY_AND_MONTH = { day: 'numeric', month: 'short' };
const DATES = {
  monthAndDay: DAY_AND_MONTH,
  monthName: { month: 'long' },
  withYear: { ...DAY_AND_MONTH, year: 'numeric' },
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  shortMonth: { month: 'short' },
  year: { year: 'numeric' },
};

/** A day, given as 2026-11-21, in one of the styles of `DATES`. */
export function dateIn(style, day) {
  return dates(style).format(instant(day));
}

/** 21 Nov, with the year unless it is the current one. */
export function date(day) {
  return dateIn(isThisYear(day) ? 'monthAndDay' : 'withYear', day);
}

/** 21 Nov – 3 Dec, with years unless all of it is in the current one. */
export function dateRange(first, last) {
  const style = isThisYear(first) && isThisYear(last) ? 'monthAndDay' : 'withYear';
  return dates(style).formatRange(instant(first), instant(last));
}

/** The names of months in the reader's languages, each behind its number: "1 janvier", "1 janv.", one a line. */
export function monthNames() {
  const languages = (navigator.languages ?? [reader]).slice(0, 5).map(known).filter(Boolean);
  const styles = ['long', 'short'].flatMap((month) => [{ month }, { month, day: 'numeric' }]);
  const names = languages.flatMap((language) => styles.flatMap((style) => {
    const format = new Intl.DateTimeFormat(language, { ...style, calendar: 'gregory', timeZone: 'UTC' });
    return Array.from({ length: 12 }, (_, month) => {
      const part = format.formatToParts(Date.UTC(2026, month, 15)).find(({ type }) => type === 'month');
      return `${month + 1} ${part?.value ?? ''}`;
    });
  }));
  return [...new Set(names)].join('\n');
}

/** 09:05, an instant on the reader's clock. */
export function time(millis) {
  return kept('time', () => new Intl.DateTimeFormat(reader, { timeStyle: 'short', numberingSystem })).format(millis);
}

/** yesterday, in 3 days. */
export function relativeDays(days) {
  return kept('relative', () => new Intl.RelativeTimeFormat(words, { numeric: 'auto' })).format(days, 'day');
}

function write(value, unit, options) {
  const text = (style) => {
    const format = numbers({ ...style, ...options, notation: 'standard' });
    if (options.notation !== 'compact') return format.format(value);
    // Sign and unit stand where the reader puts them.
    const digits = { integer: short(value, unit, options), group: '', decimal: '', fraction: '' };
    return join(format.formatToParts(value), digits);
  };
  if (unit === '%') return text({ style: 'unit', unit: 'percent' });
  if (isCurrency(unit)) return text({ style: 'currency', currency: unit });
  return unit ? text() + NO_BREAK_SPACE + unit : text();
}

// The digits of a short number, with the page's letter: British English would write 8m, which reads as metres.
function short(value, unit, options) {
  const format = kept(`short ${JSON.stringify(options)}`, () => new Intl.NumberFormat(languageOf(page), options));
  const [decimal, ...group] = separators(unit);
  return join(format.formatToParts(Math.abs(value)), { decimal, group: group.join('') });
}

// The parts of a number as text, with other texts in the place of some; a whole number takes one, however many groups it
// has.
function join(parts, instead) {
  const seen = new Set();
  const text = ({ type, value }) => {
    if (!(type in instead)) return value;
    if (type === 'integer' && seen.has(type)) return '';
    seen.add(type);
    return instead[type];
  };
  return parts.map(text).join('');
}

// Two decimals say enough from one upwards; below, it takes the leading digits.
// Money that is not whole shows its cents.
function digits(value, isMoney) {
  const size = Math.abs(value);
  if (size > 0 && size < (isMoney ? 0.01 : 1)) return { maximumSignificantDigits: 4 };
  const isWhole = Number.isInteger(Number(size.toFixed(2)));
  return {
    minimumFractionDigits: isMoney && !isWhole ? 2 : 0,
    maximumFractionDigits: isMoney && size < 1 ? 4 : 2,
  };
}

// Three capitals need not be money: NPS is a unit as good as any other.
function isCurrency(unit) {
  return /^[A-Z]{3}$/.test(unit) && kept('currencies', () => new Set(Intl.supportedValuesOf('currency'))).has(unit);
}

function numbers(options) {
  return kept(`number ${JSON.stringify(options)}`, () => new Intl.NumberFormat(reader, { numberingSystem, ...options }));
}

// A day is an instant in UTC and is written in UTC: no time zone shifts it.
function dates(style) {
  return kept(`date ${style}`, () => new Intl.DateTimeFormat(words, { ...DATES[style], timeZone: 'UTC' }));
}

function instant(day) {
  return Date.parse(day);
}

function isThisYear(day) {
  return day.startsWith(`${new Date().getFullYear()}-`);
}

// Formatters are slow to make and quick to use.
const made = new Map();

function kept(key, make) {
  if (!made.has(key)) made.set(key, make());
  return made.get(key);
}

// Some systems report languages such as "en-US@posix": better none than an exception.
function known(language) {
  try {
    return Intl.NumberFormat.supportedLocalesOf(language)[0];
  } catch {
    return undefined;
  }
}

function languageOf(locale) {
  return new Intl.Locale(locale ?? Intl.NumberFormat().resolvedOptions().locale).language;
}
