import { expect, expectNoAxeViolations, test } from './support/fixtures.js';
import { openWeekly, watched } from './support/weekly.js';

const CARD = 'Signal or noise';
/** Mean 40, moving ranges of 4: the limits are 40 ± 10.64. */
const usual = (weeks) => Array.from({ length: weeks }, (_, at) => (at % 2 === 0 ? 38 : 42));

/** The page of a KPI with these values, one a week. */
async function watch(app, values) {
  await openWeekly(app, watched(values));
  await app.goTo('KPIs');
  await app.follow('Defects');
}

async function enter(app, value) {
  const reading = app.card('New reading');
  await app.fill({ Defects: value }, reading);
  await app.press('Save Defects', reading);
  await expect(app.toast('Reading saved.').last()).toBeVisible();
}

/** The chart with signals told from noise. */
async function chartOfSignals(app) {
  const chart = app.chart('Defects by week');
  await app.press(CARD, chart.figure);
  await expect(app.button(CARD, chart.figure)).toHaveAttribute('aria-pressed', 'true');
  await chart.drawn();
  return chart;
}

test('a value within the limits is noise, one outside is a signal, and both say so at once', async ({ app }) => {
  await watch(app, usual(10));
  const card = app.card(CARD);
  await expect(card).toContainText('Noise: 42 lies within 29.4 to 50.6, as usual; probably nothing has changed.');
  await enter(app, '43');
  await expect(card).toContainText('Noise: 43 lies within 29.4 to 50.6, as usual; probably nothing has changed.');
  await expect(app.card('Latest')).toContainText('Probably noise.');
  const chart = await chartOfSignals(app);
  await expect.poll(() => chart.pixelsOf('--accent')).toBeGreaterThan(200);
  expect(await chart.pixelsOf('--warn')).toBe(0);

  await enter(app, '62');
  await expect(card).toContainText('Signal: 62 lies above the usual 29.4 to 50.6; something has probably changed.');
  await expect(app.card('Latest')).toContainText('Probably a signal: above what is usual.');
  await expect.poll(() => chart.pixelsOf('--warn')).toBeGreaterThan(30);
  const rows = await chart.table();
  expect(rows[0].slice(1)).toEqual(['so far', '62', '29.36 to 50.64', 'signal: outside of the limits', '']);
  expect(rows[1].slice(1)).toEqual(['period', '42', '29.36 to 50.64', 'noise', '']);

  await card.getByText('How this is made').click();
  await expect(card).toContainText('10 weeks with a value');
  await expect(card).toContainText('40, of 10 values');
  await expect(card).toContainText('4, of 9 differences between one week and the next');
  await expect(card).toContainText('50.6 = 40 + 2.66 × 4');
  await expect(card).toContainText('29.4 = 40 − 2.66 × 4');
  await app.goTo('KPIs');
  await expect(app.row('Defects', app.card('Instruments'))).toContainText('Probably a signal: above what is usual.');
});

test('limits need six values, and are provisional with fewer than ten', async ({ app }) => {
  await watch(app, usual(4));
  const card = app.card(CARD);
  await expect(card).toContainText('Two more weeks with a value, and signals can be told from noise.');
  await expect(card).not.toContainText('provisional');
  await watch(app, usual(6));
  await expect(card).toContainText('Noise: 42 lies within');
  await expect(card).toContainText('The limits are provisional: they stand on 6 values, and 10 make them firm.');
});

test('a lasting change is proposed, and limits are computed anew and as they were', async ({ app, page }) => {
  await watch(app, [...usual(20), 44, 45, 43, 44, 45, 43, 44]);
  const card = app.card(CARD);
  await expect(card).toContainText('Signal: the eighth in a row above the average, now 40; something has probably changed.');
  await expect(card).toContainText('Eight weeks in a row lie above the average, from the week of 21 Sept on.');
  await app.press('Recalculate from the week of 21 Sept', card);
  await expect(app.toast('Limits recalculated from 21 Sept on.')).toBeVisible();
  await expect(card).toContainText('The limits are provisional: they stand on 8 values');
  await expect(card.getByRole('heading', { level: 2 })).toBeFocused();
  await expect(card).not.toContainText('in a row lie');
  const chart = await chartOfSignals(app);
  const usuals = new Set((await chart.table()).map((row) => row[3]));
  expect(usuals.size, 'limits before and after').toBe(2);

  await app.undo();
  await expect(card).toContainText('Eight weeks in a row lie above the average');
  await app.redo();
  await card.getByText('Baseline and natural bounds').click();
  await expect(card).toContainText('From 21 Sept on, by the first 8 values');
  await app.press('Take back limits from 21 Sept', card);
  await expect(app.toast('Limits are what they were.')).toBeVisible();
  await expect(card).toContainText('Eight weeks in a row lie above the average');
  // The change goes on in the running week, and is still one of completed ones.
  await page.clock.setSystemTime(new Date('2026-11-23T09:00:00+01:00'));
  await app.reload();
  await expect(card).toContainText('Eight weeks in a row lie above the average');
});

test('baselines and natural bounds are chosen by hand, and what is wrong is said at the field', async ({ app }) => {
  await watch(app, usual(24));
  const card = app.card(CARD);
  await card.getByText('Baseline and natural bounds').click();
  await app.press('Recalculate', card);
  await app.expectSaid('From', 'Choose a day.', card);
  await app.fill({ From: '2026-11-22' }, card);
  await app.press('Recalculate', card);
  await app.expectSaid('From', 'Choose today or a day before.', card);
  await app.fill({ From: '2025-01-01' }, card);
  await app.press('Recalculate', card);
  await app.expectSaid('From', 'There are no values yet on that day.', card);
  const to = card.getByLabel('To automatic if empty');
  await app.fill({ From: '2026-08-03' }, card);
  await to.fill('2026-08-02');
  await app.press('Recalculate', card);
  await expect(to).toBeFocused();
  await expect(to).toHaveAttribute('aria-invalid', 'true');
  await to.fill('2026-10-04');
  await app.press('Recalculate', card);
  await expect(app.toast('Limits recalculated from 3 Aug on.')).toBeVisible();
  await expect(card).toContainText('From 3 Aug on, by the values up to 4 Oct');
  await expect(card).toContainText('they stand on 9 values');

  await app.fill({ Lowest: '60', Highest: '30' }, card);
  await card.getByRole('button', { name: 'Save', exact: true }).click();
  await app.expectSaid('Highest', '= 30 The lower bound is above the upper bound.', card);
  await app.fill({ Lowest: '35', Highest: '' }, card);
  await card.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(app.toast('Natural bounds saved.')).toBeVisible();
  await expect(card).toContainText('Noise: 42 lies within 35 to');
  await card.getByText('How this is made').click();
  await expect(card).toContainText('35, which it cannot go beyond (');
  await app.undo();
  await expect(card).toContainText('lies within 29');
  await expect(app.field('Lowest', card)).toHaveValue('');
  await app.redo();
  await expect(app.field('Lowest', card)).toHaveValue('35');
  await app.reload();
  await expect(card).toContainText('within 35 to');
});

test('what rises steadily is judged by its trend once that is chosen', async ({ app }) => {
  await watch(app, Array.from({ length: 24 }, (_, at) => 20 + 2 * at + (at % 2)));
  const card = app.card(CARD);
  await expect(card).toContainText('Signal: ');
  await card.getByText('Baseline and natural bounds').click();
  await app.fill({ 'Values vary around': 'a straight trend' }, card);
  await app.press('Set centre', card);
  await expect(app.toast('Centre set.')).toBeVisible();
  await expect(card).toContainText('Noise: 67 lies within');
  await card.getByText('How this is made').click();
  await expect(card).toContainText('a line by least squares, +2');
  await app.undo();
  await expect(card).toContainText('Signal: ');
  await app.redo();
  await app.reload();
  await expect(card).toContainText('Noise: 67 lies within');
});

test('all of it works by the keyboard, for everybody, at any width', async ({ app, page }) => {
  await watch(app, [...usual(20), 44, 45, 43, 44, 45, 43, 44]);
  const card = app.card(CARD);
  const chart = app.chart('Defects by week');
  await app.keys.tabTo(app.button(CARD, chart.figure));
  await app.keys.press('Enter');
  await chart.drawn();
  await app.keys.tabTo(app.button('Recalculate from the week of 21 Sept', card));
  await app.keys.press('Enter');
  await expect(card).toContainText('provisional');
  for (const name of ['How this is made', 'Baseline and natural bounds']) {
    await app.keys.tabTo(card.locator('summary', { hasText: name }));
    await app.keys.press('Enter');
  }
  for (const [width, colorScheme] of [[320, 'dark'], [1440, 'light']]) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await app.expectNoSidewaysScroll();
    await expectNoAxeViolations(page);
  }
});
