import { expect, test } from './support/fixtures.js';

const FIRST = 'First reading';

/** Adds a KPI by its form, which asks why first; gives its card. */
async function addKpi(app, { kind = 'at least', ...fields }) {
  await app.goTo('KPIs');
  await app.press('Add a KPI');
  await expect(app.field('Why do we care?')).toBeFocused();
  await app.fill({ Target: kind, ...fields });
  await app.press('Add KPI');
  await expect(app.toast('KPI added.')).toBeVisible();
  return app.row(fields.Name, app.card('Instruments'));
}

test('a KPI says why it matters, what it should be, and how it stands', async ({ app }) => {
  await app.open('/kpis');
  await expect(app.main).toContainText('Which number would you miss first?');
  const card = await addKpi(app, {
    'Why do we care?': 'Returned gloves cost us twice',
    Name: 'Scrap rate',
    kind: 'at most',
    Value: '0.1',
    Tolerance: '0.05',
    Unit: '%',
    'How often?': 'every month',
  });
  await expect(card).toContainText('No data');
  await expect(card).toContainText('No reading yet: enter the first one.');
  await app.takeBack('KPI added.');
  await expect(card).toHaveCount(0);
  await app.redo();
  await expect(card).toBeVisible();

  await app.follow('Scrap rate');
  const about = app.card('What it is');
  await expect(about).toContainText('Returned gloves cost us twice');
  await expect(about).toContainText('at most 0.1%');
  await expect(about).toContainText('every month');
  const reading = app.card('New reading');
  await app.fill({ 'Scrap rate': '0.12%' }, reading);
  await expect(reading).toContainText('= 0.12%');
  await app.press('Save Scrap rate', reading);
  await expect(app.toast('Reading saved.')).toBeVisible();
  await expect(app.card('Latest')).toContainText('0.12%');
  await expect(app.main).toContainText('Near target');
  await app.reload();
  await expect(app.card('Latest')).toContainText('0.12%');
});

test('a target can be a floor, a ceiling, a band, or none', async ({ app }) => {
  await app.open('/kpis');
  const floor = await addKpi(app, { Name: 'Visitors', Value: '5k', [FIRST]: '5.2k' });
  await expect(floor).toContainText('at least 5,000');
  await expect(floor).toContainText('On target');
  const ceiling = await addKpi(app, { Name: 'Cost', kind: 'at most', Value: '45', Unit: 'EUR', [FIRST]: '48' });
  await expect(ceiling).toContainText('at most €45');
  await expect(ceiling).toContainText('Off target');
  const band = await addKpi(app, { Name: 'Pulse', kind: 'between', From: '48', To: '58', [FIRST]: '50' });
  await expect(band).toContainText('48 to 58');
  await expect(band).toContainText('On target');
  const none = await addKpi(app, { Name: 'Ratio', kind: 'no target', [FIRST]: '12' });
  await expect(none).toContainText('No target');
  await expect(app.title).toHaveText('Four instruments. One is off target.');
});

test('what is wrong with a KPI is said at its field', async ({ app }) => {
  await app.open('/kpis');
  await app.press('Add a KPI');
  await app.fill({ Target: 'between', From: '58', To: '48', 'Why do we care?': 'Rest' });
  await app.press('Add KPI');
  await expect(app.field('Name')).toBeFocused();
  await app.expectSaid('Name', 'Write something here first.');
  await app.fill({ Name: 'Pulse' });
  await app.press('Add KPI');
  await expect(app.field('To')).toBeFocused();
  await app.expectSaid('To', '= 48 The lower bound is above the upper bound.');
  await expect(app.field('Why do we care?')).toHaveValue('Rest');
  await app.fill({ From: '30%' });
  await app.press('Add KPI');
  await app.expectSaid('From', 'Only numbers in % take a %: set the unit to % first.');
});

test('readings: entered, edited, deleted, taken back; each changes what is said', async ({ app }) => {
  await app.open('/kpis');
  await addKpi(app, { Name: 'Visitors', Value: '5k', Unit: 'visitors', 'How often?': 'every month' });
  await app.follow('Visitors');
  const [reading, readings, latest] = [app.card('New reading'), app.card('Readings'), app.card('Latest')];
  const enter = async (value, day, note = '') => {
    await app.fill({ Value: value, Date: day, Note: note }, reading);
    await app.press('Save', reading);
    await expect(app.toast('Reading saved.')).toBeVisible();
  };
  await reading.getByText('For another day, or with a note').click();
  await enter('4,400', '2026-09-30');
  await enter('5,500', '2026-10-31', 'A link from a magazine');
  await expect(app.row('5,500 visitors', readings)).toContainText('A link from a magazine');
  await expect(latest).toContainText('October 2026');
  await expect(latest).toContainText('+25% on the month before, which is better.');
  await expect(app.main.getByText('On target', { exact: true })).toBeVisible();

  await app.fill({ Value: '1', Date: '2026-11-22' }, reading);
  await app.press('Save', reading);
  await app.expectSaid('Date', 'Choose today or a day before.', reading);

  await app.press('Edit reading of 31 Oct', readings);
  await expect(app.field('Value', readings)).toBeFocused();
  await app.fill({ Value: '4,180' }, readings);
  await app.press('Save', readings);
  await expect(latest).toContainText('-5% on the month before, which is worse.');
  await expect(app.main.getByText('Off target', { exact: true })).toBeVisible();
  await expect(app.button('Edit reading of 31 Oct', readings)).toBeFocused();
  await app.undo();
  await expect(latest).toContainText('+25% on the month before');

  await app.press('Delete reading of 30 Sept', readings);
  await expect(latest).toContainText('The first one: nothing to compare it with yet.');
  await app.takeBack('Reading deleted.');
  await expect(latest).toContainText('+25% on the month before');
  await app.press('Delete reading of 31 Oct', readings);
  await expect(readings.getByRole('listitem')).toHaveCount(1);
  await app.undo();
  await expect(readings.getByRole('listitem')).toHaveCount(2);

  await app.goTo('KPIs');
  await expect(app.row('Visitors', app.card('Instruments'))).toContainText('+25% on the month before.');
  await app.fill({ Visitors: '+100' }, app.card('Instruments'));
  await app.press('Save Visitors');
  await expect(app.row('Visitors', app.card('Instruments'))).toContainText('+2% on the month before.');
});

test('a KPI is edited, put in order, deleted and brought back', async ({ app }) => {
  await app.open('/kpis');
  for (const Name of ['Visitors', 'Cost', 'Pulse']) await addKpi(app, { Name, Value: '10', [FIRST]: '10' });
  const names = () => app.card('Instruments').getByRole('heading', { level: 3 }).allTextContents();
  expect(await names()).toEqual(['Visitors', 'Cost', 'Pulse']);

  await app.follow('Pulse');
  await app.choose('Move up', 'Pulse');
  await expect(app.toast('Now number 2 of 3 instruments.')).toBeVisible();
  await app.press('Edit Pulse');
  await app.fill(
    { Name: 'Resting pulse', Target: 'at most', Value: '8', Benchmark: 'Athletes', 'Its value': '40' },
    app.formWith('Its value'),
  );
  await app.press('Save', app.formWith('Its value'));
  await expect(app.title).toContainText('Resting pulse');
  await expect(app.main.getByText('Off target', { exact: true })).toBeVisible();
  await expect(app.card('What it is')).toContainText('40, Athletes');
  await app.undo();
  await expect(app.title).not.toContainText('Resting');
  await app.redo();

  await app.choose('Delete', 'Resting pulse');
  await expect(app.toast('“Resting pulse” deleted.')).toBeVisible();
  expect(await names()).toEqual(['Visitors', 'Cost']);
  await app.takeBack('“Resting pulse” deleted.');
  await expect.poll(names).toEqual(['Visitors', 'Resting pulse', 'Cost']);
  await app.reload();
  expect(await names()).toEqual(['Visitors', 'Resting pulse', 'Cost']);
});
