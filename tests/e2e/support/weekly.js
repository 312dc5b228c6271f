// A plan in which everything is due: as many key results as asked for, after seven weeks without a word, and what
// else a check-in can be about.

const BORN = '1a0d71cead2000b60c401a';
const BY = 'b60c401a';

function id(n) {
  return `01a201cd-c2d2-7851-843a-${n.toString(16).padStart(12, '0')}`;
}

function metric(n, objective, more = {}) {
  const start = 100 * n;
  const said = { date: '2026-11-06', value: start + 10, confidence: 6, by: BY };
  return {
    ...base(n, `Number ${n}`, 'title'),
    objective,
    measure: { kind: 'metric', start, target: start + 100 },
    unit: 'pairs',
    check_ins: [said],
    ...more,
  };
}

function base(n, name, called) {
  return { id: id(n), born: BORN, created: '2026-09-25', [called]: name, rank: `z${String.fromCharCode(97 + (n % 24))}` };
}

/** Metrics from 1 on, three to an objective. */
export function weekly(metrics) {
  const objectives = Array.from({ length: Math.ceil(metrics / 3) }, (_, at) => objective(100 + at, `Goal ${at + 1}`));
  const keyResults = Array.from({ length: metrics }, (_, at) => metric(at + 1, objectives[Math.floor(at / 3)].id));
  return plan({ objectives, key_results: keyResults });
}

/** One of each kind, in this order: a metric, one that a KPI feeds, done or not, milestones; then a KPI. */
export function oneOfEach() {
  const goal = objective(100, 'Ship better gloves');
  const of = (n, title, measure, more = {}) => ({ ...base(n, title, 'title'), objective: goal.id, measure, ...more });
  const kpi = (n, name, readings) => ({
    ...base(n, name, 'name'), why: '', unit: '%', frequency: 'weekly', aggregation: 'last', readings,
  });
  return plan({
    objectives: [goal],
    key_results: [
      metric(1, goal.id),
      of(2, 'Less scrap', { kind: 'metric', start: 9, target: 3 }, { unit: '%', fed_by: id(50) }),
      of(3, 'The hall is open', { kind: 'done' }),
      of(4, 'The new line runs', { kind: 'milestones' }),
    ],
    milestones: [
      { ...base(60, 'Permit', 'title'), key_result: id(4), done: '2026-11-02' },
      { ...base(61, 'First pair', 'title'), key_result: id(4) },
    ],
    kpis: [
      kpi(50, 'Scrap rate', [{ date: '2026-11-02', value: 8, by: BY }]),
      kpi(51, 'Returns', [{ date: '2026-11-02', value: 2, by: BY }]),
    ],
  });
}

/** A KPI with one value a week, the last one in the week before 21 November 2026. */
export function watched(values) {
  const wednesday = (weeks) => new Date(Date.UTC(2026, 10, 11 - 7 * weeks)).toISOString().slice(0, 10);
  const readings = values.map((value, at) => ({ date: wednesday(values.length - 1 - at), value, by: BY }));
  const kpi = { ...base(50, 'Defects', 'name'), why: '', frequency: 'weekly', aggregation: 'last', readings };
  return plan({ kpis: [kpi] });
}

function objective(n, title) {
  return { ...base(n, title, 'title'), cycle: id(200), kind: 'committed' };
}

function plan(parts) {
  const frame = {
    id: id(1000), born: BORN, created: '2026-09-25', name: 'Weekly', cadence: 'weekly',
    bands: { attention: 0.1, off_track: 0.25 },
  };
  const cycle = { ...base(200, 'Q4 2026', 'name'), span: { start: '2026-10-01', end: '2026-12-31' } };
  delete cycle.rank;
  const whole = { frame, cycles: [cycle], ...parts };
  return JSON.stringify({ type: 'bearings/plan', version: 2, source: 'a test', exported: '2026-11-21', plan: whole });
}

/** Opens such a plan in place of the empty one. */
export async function openWeekly(app, text) {
  await app.open('/plans');
  await app.chooseFile({ name: 'weekly.json', text });
  await app.press('Keep both');
  await app.toast('“Weekly” is here and open.').waitFor();
}
