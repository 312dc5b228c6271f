// Draws ECharts options that come as JSON, and adds what JSON cannot say.
//
// The contract is that of crates/charts/src/option.rs. An option carries a member of ours, removed before ECharts
// sees it: `"bearings": { "unit": "EUR", "x": "month", "names": { … } }`. Values count `unit`; on the axis of days, which are
// midnights in UTC, labels name a `day`, `month` or `year`. `names` says what a period is called, by its day. The name of a point is a note about it.
import { axisLabels, date, dateIn, number } from './intl.js';

const MOTION_MS = 200;

const drawings = new WeakMap();

let library;

/** Resolves once `json` is handed to ECharts, or is waiting for its element to have a size. */
export async function draw(element, json) {
  const drawing = drawings.get(element) ?? begin(element);
  drawing.waiting = dress(JSON.parse(json), element);
  delete element.dataset.drawn;
  drawing.init = (await loadLibrary()).init;
  paint(drawing);
}

/** Ends the drawing in `element`, also one that is still to come. */
export function dispose(element) {
  const drawing = drawings.get(element);
  if (!drawing) return;
  drawings.delete(element);
  drawing.waiting = undefined;
  drawing.sizes.disconnect();
  drawing.chart?.dispose();
  delete element.dataset.drawn;
}

function begin(element) {
  const drawing = { element };
  drawing.sizes = new ResizeObserver(() => (drawing.waiting ? paint(drawing) : fit(drawing)));
  drawing.sizes.observe(element);
  drawings.set(element, drawing);
  return drawing;
}

function loadLibrary() {
  // What failed once, for want of a network, may be asked for again.
  library ??= import('./echarts-core.js').catch((error) => {
    library = undefined;
    throw error;
  });
  return library;
}

function paint(drawing) {
  const { element, init, waiting } = drawing;
  const hasSize = element.clientWidth > 0 && element.clientHeight > 0;
  if (!init || !waiting || !hasSize) return;
  drawing.waiting = undefined;
  drawing.chart ??= start(element, init);
  drawing.chart.setOption(waiting, { notMerge: true });
  fit(drawing);
}

function start(element, init) {
  // Without a locale, ECharts would take the browser's for what it says to screen readers.
  const chart = init(element, null, { renderer: 'canvas', locale: 'EN' });
  // Only of a drawing that is still wanted: tests wait for this.
  chart.on('finished', () => {
    element.dataset.drawn = 'true';
  });
  return chart;
}

function fit({ chart, element }) {
  const { clientWidth: width, clientHeight: height } = element;
  const hasChanged = chart && (chart.getWidth() !== width || chart.getHeight() !== height);
  if (hasChanged && width > 0 && height > 0) chart.resize();
}

function dress({ bearings: { unit = '', x = 'day', names = {} } = {}, ...option }, element) {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const labels = { value: axisLabels(linesOf(option.yAxis), unit), time: (value) => timeLabel(value, x) };
  const tooltip = (points) => tooltipText([points].flat(), unit, names);
  const { fontFamily } = getComputedStyle(element);
  return {
    ...option,
    useUTC: true,
    animation: !isCalm && (option.animation ?? true),
    animationDuration: MOTION_MS,
    animationDurationUpdate: MOTION_MS,
    textStyle: { fontFamily, ...option.textStyle },
    xAxis: withLabels(option.xAxis, labels, fontFamily),
    yAxis: withLabels(option.yAxis, labels, fontFamily),
    // Text on the canvas: no markup, whatever a name contains.
    tooltip: option.tooltip && {
      ...option.tooltip,
      confine: true,
      formatter: tooltip,
      renderMode: 'richText',
      // Without it, the tooltip alone would not be in the page's typeface.
      textStyle: { fontFamily, ...option.tooltip.textStyle },
    },
  };
}

function withLabels(axes, labels, fontFamily) {
  const one = (axis) => {
    const write = labels[axis.type];
    const formatter = write && { formatter: (value) => write(value) };
    // The room that labels need is measured without the family of `textStyle`.
    return { ...axis, axisLabel: { fontFamily, ...axis.axisLabel, ...formatter } };
  };
  return Array.isArray(axes) ? axes.map(one) : axes && one(axes);
}

function linesOf({ min, max, interval }) {
  return Array.from({ length: Math.round((max - min) / interval) + 1 }, (_, n) => min + n * interval);
}

// By year 2027; by month Oct, and 2027 for its first; by day 3 Nov.
function timeLabel(instant, x) {
  const day = dayOf(instant);
  if (x === 'day') return dateIn('monthAndDay', day);
  return dateIn(x === 'year' || day.endsWith('-01-01') ? 'year' : 'shortMonth', day);
}

function dayOf(instant) {
  return new Date(instant).toISOString().slice(0, 10);
}

// 3 Nov, or October 2026
// Visitors 6,200
function tooltipText(points, unit, names) {
  const lines = points.flatMap((point) => pointLines(point, unit));
  if (lines.length === 0) return '';
  // "{a|b}" would be read as a style; a word joiner, which shows nothing, keeps it text.
  return [heading(points[0], names), ...lines].join('\n').replaceAll('{', '{\u2060');
}

function heading({ name, value }, names) {
  return Array.isArray(value) ? (names[value[0]] ?? date(dayOf(value[0]))) : name;
}

function pointLines({ name, seriesName, value }, unit) {
  const hasDay = Array.isArray(value);
  const counted = hasDay ? value[1] : value;
  const lines = Number.isFinite(counted) ? [`${seriesName} ${number(counted, unit)}`] : [];
  // On an axis of categories, the name is the category.
  return hasDay && name ? [...lines, name] : lines;
}
