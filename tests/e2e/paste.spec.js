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
  await expect(problems.nth(0)).toContainText('Row 3 soon');
  await expect(problems.nth(1)).toContainText('Row 4 A quotation mark opens in this row');
  await expect(problems.nth(2)).toContainText('Row 5, column B four');
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

test('a table is accounted for cell by cell, and what it has twice is told', async ({ app, page }) => {
  await app.open();
  const place = await addKpi(app);
  await app.open(`${place}/paste`);
  await paste(app, 'Month,Region,Visitors\n2026-09,North,100\n2026-09,South,50\n2026-10,North,110\nTotal,,260');
  await expect(understood(app).getByRole('status')).toHaveText(
    'Dates down, a column for each KPI, 3 readings: 3 new. 6 of 14 cells do not come in: they are listed below.',
  );
  await expect(understood(app)).toContainText('The table speaks 2 times of September 2026 of “Visitors”: 100, 50. The KPI makes 50 of them.');
  await expect(understood(app)).toContainText('Column B Region 4 cells');
  await expect(understood(app)).toContainText('A total or an average of the others.');
  await app.fill({ 'Several rows of one period': 'only the first' });
  await expect(table(app).getByRole('row', { name: /^3 / })).toContainText('left out: another row of this period comes in');
  await expect(app.button('Add 2 readings')).toBeVisible();

  await page.getByText('Cell by cell').click();
  const cells = page.getByRole('region', { name: 'The cells of the table' });
  await expect(cells.getByRole('row', { name: /^2 / })).toContainText('2026-09date');
  await expect(cells.getByRole('row', { name: /^5 / })).toContainText('260not taken');
  await expectNoAxeViolations(page);
});

test('what can be read in several ways is asked first', async ({ app }) => {
  await app.open();
  const place = await addKpi(app);
  await app.open(`${place}/paste`);
  await paste(app, 'Date,Value\n25-11-18,30m\n25-11-19,-');
  await app.press('Add 1 reading');
  await expect(app.field('Dates')).toBeFocused();
  await app.expectSaid('Dates', '“25-11-18” can be 25 November 2018 or 18 November 2025.');
  await app.fill({ Dates: 'the year first' });
  await app.expectSaid('A letter behind numbers', '“30m” can be 30 or 30,000,000.');
  await app.fill({ 'A letter behind numbers': 'a unit' });
  await app.expectSaid('A dash in place of a value', 'The dash in row 3, column B, can be zero or no value.');
  await app.fill({ 'A dash in place of a value': 'zero' });
  await app.press('Add 2 readings');
  await expect(app.toast('2 readings added.')).toBeVisible();
  expect(await readingsOf(app)).toEqual([0, 30]);
});

test('of two columns with one heading it is asked whose each is', async ({ app }) => {
  await app.open();
  const place = await addKpi(app);
  await app.open(`${place}/paste`);
  await paste(app, 'Month,Visitors,Visitors\n2026-09,100,120\n2026-10,110,130');
  await expect(understood(app)).toContainText('Several columns are called “Visitors”: say of each whose numbers these are.');
  await app.fill({ '“Visitors (B)”, 2 readings': 'left out' });
  await app.fill({ '“Visitors (C)”, 2 readings': 'Visitors' });
  await expect(understood(app)).not.toContainText('Several columns are called');
  await app.press('Add 2 readings');
  await expect(app.toast('2 readings added.')).toBeVisible();
  expect(await readingsOf(app)).toEqual([120, 130]);
});

test('files of other programs are read, whatever their encoding', async ({ app }) => {
  await app.open();
  const place = await addKpi(app);
  await app.open(`${place}/paste`);
  const choose = async (name, buffer) => {
    await app.button('Choose a CSV file').setInputFiles({ name, mimeType: 'text/csv', buffer });
  };
  await choose('a.csv', Buffer.from('\ufeffDate\tValue\n2026-11-18\t5\n2026-11-19\t7\n', 'utf16le'));
  await expect(app.button('Add 2 readings')).toBeVisible();
  await app.press('Clear');
  await choose('b.csv', Buffer.from('Datum;Wert;Kommentar\n2026-11-18;1,5;für alle\n2026-11-19;2,5;schön\n', 'latin1'));
  await expect(app.card('Your table')).toContainText(
    '“b.csv” is no UTF-8 text. Read as Western European (Windows-1252), it has “2026-11-18;1,5;für alle”. Is that right?',
  );
  await expect(understood(app)).toBeHidden();
  await app.press('Read it like this');
  await expect(table(app).getByRole('row', { name: /^2 / })).toContainText('für alle');
  await app.press('Add 2 readings');
  await expect(app.toast('2 readings added.')).toBeVisible();
});

test('what nothing can be made of says why', async ({ app }) => {
  await app.open();
  const place = await addKpi(app);
  await app.open(`${place}/paste`);
  const status = understood(app).getByRole('status');
  await paste(app, 'Date,Read\n2026-11-18,YES_MANUAL\n2026-11-17,NO');
  await expect(status).toHaveText('No column with numbers was found. Row 2, column B has “YES_MANUAL”, which is no number.');
  await paste(app, 'Date,Read');
  await expect(status).toHaveText('There is a heading, and no rows below it.');
  await paste(app, 'Miesiąc;Wartość\nlis 2025;1\ngru 2025;2\nmaj 2026;3');
  await expect(status).toContainText('The months are in a language that is not known here: “lis 2025” in row 2.');
});
