// Readings from a spreadsheet: pasted, looked at, added, taken back.
import { test, expect, expectNoAxeViolations } from './support/fixtures.js';
import { addKpi, readingsOf } from './support/bursts.js';

const NARROW = { width: 320, height: 640 };

/** A day so many days before the one of the tests. */
function day(back) {
  return new Date(Date.UTC(2026, 10, 20 - back)).toISOString().slice(0, 10);
}

function rows(n, value) {
  return Array.from({ length: n }, (_, back) => `${day(back)}\t${value(back)}`);
}

const comma = (number) => number.toFixed(2).replace('.', ',');
const understood = (app) => app.card('What was understood');
const table = (app) => understood(app).getByRole('table');

async function paste(app, text) {
  await app.field('Paste it here').fill(text);
}

test('500 readings with decimal commas come in at once, and go at once', async ({ app }) => {
  await app.open();
  const place = await addKpi(app);
  await app.open(place);
  await app.main.getByRole('link', { name: 'Paste readings' }).click();
  await expect(app.title).toHaveText('Paste readings of Visitors');

  await paste(app, ['Date\tValue\tNote', ...rows(500, (back) => comma(1000 + back / 4))].join('\r\n'));
  await expect(understood(app).getByRole('status')).toHaveText('Dates and values, 500 readings: 500 new.');
  await expect(app.field('Decimal sign')).toContainText('as found: 1.234,5');
  await expect(table(app).getByRole('row')).toHaveCount(101);
  await expect(table(app).getByRole('row').nth(1)).toContainText('1,000');
  await app.press('Add 500 readings');

  await expect(app.toast('500 readings added.')).toBeVisible();
  await expect(app.title).toContainText('Visitors');
  expect((await readingsOf(app)).length).toBe(500);
  await app.takeBack('500 readings added.');
  await expect(app.card('Readings')).toContainText('None yet.');
  await app.redo();
  await app.reload();
  const all = await readingsOf(app);
  expect([all.length, all[0], all.at(-1)]).toEqual([500, 1000, 1124.75]);
});

test('a date that has another reading keeps it, gives it up, or has both', async ({ app }) => {
  await app.open();
  const place = await addKpi(app);
  await app.open(`${place}/paste`);
  await paste(app, rows(4, (back) => 10 + back).join('\n'));
  await app.press('Add 4 readings');
  await expect(app.toast('4 readings added.')).toBeVisible();

  await app.open(`${place}/paste`);
  await expect(app.field('Paste it here')).toHaveValue('');
  await paste(app, [`${day(0)}\t10`, `${day(1)}\t21`, `${day(2)}\t22`, `${day(3)}\t23`, `${day(4)}\t24`].join('\n'));
  await expect(understood(app).getByRole('status'))
    .toHaveText('Dates and values, 5 readings: 1 new, 1 already there, 3 of dates that have another one.');
  await expect(app.button('Add 1 reading')).toBeVisible();
  await app.fill({ 'Dates that have a reading': 'keep both' });
  await expect(app.button('Add 4 readings')).toBeVisible();
  await app.fill({ 'What becomes of it of row 2': 'keep the old one', 'What becomes of it of row 3': 'replace it' });
  await expect(table(app).getByRole('row', { name: /^2 / })).toContainText('11 stays');
  await expect(table(app).getByRole('row', { name: /^3 / })).toContainText('replaces 12');
  await expect(table(app).getByRole('row', { name: /^4 / })).toContainText('beside 13');
  await app.press('Add 3 readings');
  await expect(app.toast('3 readings added.')).toBeVisible();
  expect(await readingsOf(app)).toEqual([10, 11, 13, 22, 23, 24]);
  await app.undo();
  await expect(app.toast('Undone')).toBeVisible();
  expect(await readingsOf(app)).toEqual([10, 11, 12, 13]);
});

test('a wide table brings a KPI that is there and a new one', async ({ app }) => {
  await app.open();
  await addKpi(app);
  await app.main.getByRole('link', { name: 'Paste readings' }).click();
  await paste(app, 'Month;visitors;Leads\n2026-09;4.100;12\n2026-10;4.300;15');
  await expect(understood(app).getByRole('status'))
    .toHaveText('Dates down, a column for each KPI, 4 readings: 4 new.');
  // 4.100 is a number in two ways, and nothing comes in before it is said which.
  await app.press('Add 4 readings');
  await expect(app.field('Decimal sign')).toBeFocused();
  await app.expectSaid('Decimal sign', '“4.100” can be 4.1 or 4100.');
  await app.fill({ 'Decimal sign': '1.234,5' });
  await expect(table(app).getByRole('row', { name: /^2 Visitors/ })).toContainText('4,100');
  await app.press('Add 4 readings');
  await expect(app.toast('4 readings added, and 1 new KPI.')).toBeVisible();
  await app.follow('Leads');
  expect(await readingsOf(app)).toEqual([12, 15]);
});

test('a broken table says where, and what was pasted outlives a reload', async ({ app }) => {
  await app.open();
  const place = await addKpi(app);
  await app.open(`${place}/paste`);
  await paste(app, 'date,value,note\n2026-11-01,1,fine\nsoon,2,\n2026-11-03,3,"open\n2026-11-04,four,\n46000,5,');
  const problems = understood(app).getByRole('listitem');
  await expect(problems).toHaveCount(4);
  await expect(problems.nth(0)).toContainText('row 3 soon');
  await expect(problems.nth(1)).toContainText('row 4 A quotation mark opens in this row');
  await expect(problems.nth(2)).toContainText('row 5 four');
  await expect(problems.nth(3)).toContainText('A spreadsheet’s number for a date.');
  await app.reload();
  await expect(app.field('Paste it here')).toHaveValue(/open\n2026-11-04/);
  await expect(app.button('Add 1 reading')).toBeVisible();
  await paste(app, 'nothing of this\nis a table');
  await expect(app.button('Nothing to add')).toBeDisabled();
  await app.press('Clear');
  await expect(app.field('Paste it here')).toBeFocused();
  await expect(understood(app)).toBeHidden();
});

test('a file comes in by the keyboard, at 320 pixels, and the preview is good', async ({ app, page }) => {
  await page.setViewportSize(NARROW);
  await app.open();
  const place = await addKpi(app);
  await app.open(`${place}/paste`);
  await expectNoAxeViolations(page);
  const note = 'a longer note of what happened in that week, in the words of those who were there';
  const text = `Date;Value;Note\n01/02/2026;1,5;${note}\n03/02/2026;;\n`;
  const chooser = page.waitForEvent('filechooser');
  await page.getByLabel('Choose a CSV file').focus();
  await page.keyboard.press('Enter');
  await (await chooser).setFiles({ name: 'readings.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await expect(app.card('Your table')).toContainText('readings.csv');
  await app.expectSaid('Dates', '“01/02/2026” can be 1 February 2026 or 2 January 2026.');
  await expectNoAxeViolations(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

  await app.field('Dates').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await app.expectSaid('Dates', '');
  await app.button('Add 1 reading').focus();
  await page.keyboard.press('Enter');
  await expect(app.toast('1 reading added.')).toBeVisible();
  await expect(app.card('Readings')).toContainText('2 Jan');
});
