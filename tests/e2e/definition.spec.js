import { expect, expectNoAxeViolations, test } from './support/fixtures.js';

/** A KPI by its short form, and its page. */
async function kpiPage(app, fields) {
  await app.open('/kpis');
  await app.press('Add a KPI');
  await app.fill(fields);
  await app.press('Add KPI');
  await expect(app.toast('KPI added.')).toBeVisible();
  await app.follow(fields.Name);
}

const revenue = { Name: 'Revenue', Value: '1200', Unit: 'EUR', 'How often?': 'every month', 'Several in a period': 'add them up' };

test('a KPI is documented in full', async ({ app, page }) => {
  await kpiPage(app, { Name: 'Scrap rate', Target: 'at most', Value: '0.1', Unit: '%', 'First reading': '0.2' });
  await app.press('Edit Scrap rate');
  const form = app.formWith('Found in');
  await form.getByText('Documentation: question, source, limits').click();
  await app.fill(
    {
      'What exactly is counted?': 'Pairs thrown away / pairs finished',
      'Which question does it answer?': 'Do we waste less?',
      'Where are the numbers found?': 'The scales at line 2',
      'What does it not tell?': 'Seconds do not count',
      'Leading or lagging?': 'Lagging: tells what has come of it',
      Benchmark: 'Industry',
      'Its value': '0.3',
      'Found in': 'Their report of 2025',
      Pillar: 'New pillar …',
      'Its name': 'Quality',
    },
    form,
  );
  await app.press('Save', form);
  const about = app.card('What it is');
  for (const text of [
    'Pairs thrown away / pairs finished',
    'Do we waste less?',
    'The scales at line 2',
    'Seconds do not count',
    'Lagging',
    '0.3%, Industry',
    'Their report of 2025',
    'Quality',
  ]) {
    await expect(about).toContainText(text);
  }
  await app.reload();
  await expect(about).toContainText('Their report of 2025');
  await expectNoAxeViolations(page);
});

test('a budget that is blown is off target before its month ends, on the board and on its page', async ({ app }) => {
  await kpiPage(app, { ...revenue, Name: 'Cost', Target: 'at most', Value: '100' });
  const [reading, latest] = [app.card('New reading'), app.card('Latest')];
  await reading.getByText('For another day, or with a note').click();
  const read = async (value, day) => {
    await app.fill({ Value: value, Date: day }, reading);
    await app.press('Save', reading);
    await expect(app.row(`€${value}`, app.card('Readings')).first()).toBeVisible();
  };
  await read('90', '2026-11-05');
  await expect(app.main).toContainText('Pending');
  await expect(latest).toContainText('€90 of at most €100 this month: 90% used up, with 69% of it gone, faster than the time.');
  await expect(latest.getByRole('img', { name: '90% used up, 69% of the time gone' })).toBeVisible();
  await read('95', '2026-10-20');
  await expect(app.main).toContainText('On target');
  await read('70', '2026-11-06');
  await expect(app.main).toContainText('Off target since November 2026');
  await expect(latest).toContainText('So far this month: it cannot come back to at most €100. October 2026: €95.');
  await expect(latest).toContainText('On target in 1 of the last 2 months, this month included.');
  await latest.getByText('How these numbers are made').click();
  await expect(latest).toContainText('€160 misses at most €100 by €60');
  await app.open('/kpis');
  await expect(app.row('Cost', app.card('Instruments'))).toContainText('it cannot come back to at most €100');
});

test('targets of several months are set at once, and a month without a number has none', async ({ app, page }) => {
  await kpiPage(app, revenue);
  const targets = app.card('Targets over time');
  await app.press('Set targets period by period', targets);
  await expect(app.field('October 2027', targets)).toHaveValue('1,200');
  await app.fill({ 'December 2026': '1500', 'January 2027': '', 'February 2027': 'many' }, targets);
  await app.press('Save', targets);
  await expect(app.field('February 2027', targets)).toBeFocused();
  await app.fill({ 'February 2027': '900' }, targets);
  await expectNoAxeViolations(page);
  await app.press('Save', targets);
  for (const row of [
    'at least €1,500 1 December 2026 to 31 December 2026',
    'no target 1 January 2027 to 31 January 2027',
    'at least €900 1 February 2027 to 28 February 2027',
    'at least €1,200 from 1 March 2027 on',
  ]) {
    await expect(targets).toContainText(row);
  }
  await app.undo();
  await expect(targets).not.toContainText('1,500');
});

test('a benchmark without a value is told at its field, and nothing typed is lost', async ({ app }) => {
  await kpiPage(app, { Name: 'Scrap rate', Value: '0.1' });
  await app.press('Edit Scrap rate');
  const form = app.formWith('Found in');
  await app.fill({ 'Found in': 'A report', 'What exactly is counted?': 'Pairs' }, form);
  await app.press('Save', form);
  await expect(app.field('Benchmark', form)).toBeFocused();
  await app.expectSaid('Its value', 'A number is needed here.', form);
  await expect(app.field('What exactly is counted?', form)).toHaveValue('Pairs');
});

test('targets over time: from a day on, for one month, taken back', async ({ app }) => {
  await kpiPage(app, revenue);
  const targets = app.card('Targets over time');
  await expect(targets).toContainText('at least €1,200 always');
  await app.press('Set a target', targets);
  await app.fill({ Value: '3000', 'Holds from': '2026-12-24' }, targets);
  await targets.getByLabel('For that period only').check();
  await app.press('Save', targets);
  await expect(app.button('Set a target', targets)).toBeFocused();
  await expect(targets).toContainText('at least €3,000 1 December 2026 to 31 December 2026');
  await expect(targets).toContainText('at least €1,200 from 1 January 2027 on');
  await expect(targets).toContainText('at least €1,200 until 30 November 2026');

  await app.press('Set a target', targets);
  await app.fill({ Value: '1500', 'Holds from': '2027-06-01' }, targets);
  await app.press('Save', targets);
  await expect(targets).toContainText('at least €1,500 from 1 June 2027 on');
  await app.press('Delete target from 1 Jun 2027', targets);
  await expect(app.toast('Target taken back.')).toBeVisible();
  await expect(targets).not.toContainText('€1,500');
  await app.undo();
  await expect(targets).toContainText('€1,500');
  await app.reload();
  await expect(targets).toContainText('at least €3,000 1 December 2026 to 31 December 2026');

  await app.press('Set a target', targets);
  await app.fill({ Target: 'between', From: '9', To: '5' }, targets);
  await app.press('Save', targets);
  await app.expectSaid('To', '= €5 The lower bound is above the upper bound.', targets);
});

test('what begins at zero each month is told against its target, and every number explains itself', async ({ app, page }) => {
  await kpiPage(app, revenue);
  const [reading, latest] = [app.card('New reading'), app.card('Latest')];
  await reading.getByText('For another day, or with a note').click();
  for (const [value, day] of [['400', '2025-10-10'], ['800', '2026-09-10'], ['500', '2026-10-02'], ['500', '2026-10-30'], ['300', '2026-11-05']]) {
    await app.fill({ Value: value, Date: day }, reading);
    await app.press('Save', reading);
    // A day of last year is asked about once.
    if (day === '2025-10-10') await app.press('Keep 10 October 2025', reading);
    await expect(app.row(`€${value}`, app.card('Readings')).first()).toBeVisible();
  }
  await expect(latest).toContainText('€300 of €1,200 this month: 25%');
  await expect(latest).toContainText('+150% on the year before, which is better.');
  await expect(latest).toContainText('€2,100 this year so far.');
  await latest.getByText('How these numbers are made').click();
  await expect(latest).toContainText('October 2026: the sum of 500, 500 = €1,000');
  await expect(latest).toContainText('€1,000 misses at least €1,200 by €200');
  await expect(latest).toContainText('25% = (1,000 − 800) ÷ 800');
  await expect(latest).toContainText('the sum of all readings of the year = €2,100');
  await expectNoAxeViolations(page);
});

test('a KPI that nobody needs is scrapped with a reason, keeps its history, and comes back', async ({ app }) => {
  await kpiPage(app, { Name: 'Pulse', Value: '10', 'First reading': '9' });
  await app.choose('Scrap it', 'Pulse');
  const card = app.card('Stop keeping it?');
  await app.press('Scrap it', card);
  await app.expectSaid('Why is it not worth keeping?', 'A KPI that is scrapped needs a reason.', card);
  await app.fill({ 'Why is it not worth keeping?': 'Nobody looks at it' }, card);
  await app.press('Scrap it', card);
  await expect(app.toast('“Pulse” is not kept any more.')).toBeVisible();
  await expect(app.main).toContainText(/Scrapped since .*: Nobody looks at it/);
  await expect(app.card('New reading')).toHaveCount(0);
  await expect(app.card('Readings')).toContainText('9');
  await app.reload();
  await app.press('Bring back');
  await expect(app.toast('“Pulse” is kept again.')).toBeVisible();
  await expect(app.card('New reading')).toBeVisible();
});
