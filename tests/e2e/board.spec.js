import { expect, expectNoAxeViolations, test } from './support/fixtures.js';

// What moves would be judged half-way, and every element is looked at, twice.
test.use({ contextOptions: { reducedMotion: 'reduce' } });
test.describe.configure({ timeout: 90_000 });

/** Adds a KPI by its form, with a first reading of today. */
async function addKpi(app, { Name, Value, reading, ...more }) {
  await app.button('Add a KPI').first().click();
  const form = app.formWith('Why do we care?');
  await app.fill({ Name, ...more }, form);
  await app.fill(Value ? { Target: 'at least', Value } : { Target: 'no target' }, form);
  await app.fill({ 'First reading': reading }, form);
  await app.press('Add KPI', form);
  await expect(app.row(Name, app.card('Instruments'))).toBeVisible();
}

/** Three KPIs, of which the second is off target and the third near it. */
async function threeKpis(app) {
  await app.open('/kpis');
  await addKpi(app, { Name: 'Visitors', Value: '4000', reading: '4180' });
  await addKpi(app, { Name: 'Pulse', Value: '60', reading: '50' });
  await addKpi(app, { Name: 'Cost', reading: '7' });
}

const names = (app) => app.card('Instruments').getByRole('heading', { level: 3 }).allTextContents();

test('the board is grouped and sorted, and stays so', async ({ app, page }) => {
  await threeKpis(app);
  await expect.poll(() => names(app)).toEqual(['Visitors', 'Pulse', 'Cost']);
  await app.fill({ 'Sort by': 'what needs attention first' });
  await expect.poll(() => names(app)).toEqual(['Pulse', 'Cost', 'Visitors']);
  await app.fill({ 'Sort by': 'name' });
  await expect.poll(() => names(app)).toEqual(['Cost', 'Pulse', 'Visitors']);
  await app.fill({ 'Group by': 'owner' });
  await expect(app.card('Nobody').getByRole('heading', { level: 3 })).toHaveCount(3);
  expect(page.url()).toContain('#/kpis?group=owner&sort=name&view=cards');

  await app.reload();
  await expect(app.field('Sort by')).toHaveValue('name');
  await expect(app.card('Nobody').getByRole('heading', { level: 3 })).toHaveCount(3);
  // A link to the page alone shows it as it was last.
  await app.goTo('Today');
  await app.goTo('KPIs');
  await expect(app.field('Group by')).toHaveValue('owner');
  await app.follow('Pulse');
  await page.goBack();
  await expect(app.field('Sort by')).toHaveValue('name');

  await app.fill({ Find: 'PUL' });
  await expect(app.main.getByText('1 found')).toBeVisible();
  await expect.poll(() => names(app)).toEqual(['Pulse']);
  await app.fill({ Find: 'nothing like it' });
  await expect(app.main.getByText('No KPI has these words.')).toBeVisible();
});

test('a card says value, target, health and change', async ({ app }) => {
  await app.open('/kpis');
  await addKpi(app, { Name: 'Visitors', Value: '4000', reading: '4180' });
  const card = app.row('Visitors', app.card('Instruments'));
  for (const text of ['4,180', 'On target', 'Target: at least 4,000', 'The first one: nothing to compare it with yet.']) {
    await expect(card).toContainText(text);
  }
  await expect(app.card('Leading and lagging')).toContainText('Not said');
});

test('the heat table is walked and read by keyboard alone', async ({ app, page }) => {
  await threeKpis(app);
  await app.fill({ 'Show as': 'Heat table' });
  const table = app.main.getByRole('grid', { name: /The last 12 months of 3 KPIs/ });
  await expect(table.getByRole('columnheader')).toHaveCount(13);
  await expect(table.getByRole('columnheader').last()).toHaveText('Nov 2026');
  await expect(table.getByRole('rowheader')).toHaveText(['Visitors', 'Pulse', 'Cost']);

  const focused = page.locator(':focus');
  await app.keys.tabTo(table.getByRole('link', { name: 'Visitors', exact: true }));
  await app.keys.press('End');
  await expect(focused).toHaveAccessibleName('On target: 4,180, target at least 4,000');
  await app.keys.press('ArrowLeft');
  await expect(focused).toHaveAccessibleName('nothing read yet');
  await app.keys.press('ArrowRight', 'ArrowDown');
  await expect(focused).toHaveAccessibleName('Off target: 50, target at least 60');
  await app.keys.press('ArrowDown', 'ArrowDown');
  await expect(focused).toHaveAccessibleName('No target: 7');
  await app.keys.press('Control+Home');
  await expect(focused).toHaveAccessibleName('Visitors');
  await app.keys.press('Control+End', 'Home', 'ArrowUp');
  await expect(focused).toHaveAccessibleName('Pulse');

  // All of it is one stop: Tab leaves it, and comes back to where one was.
  await app.keys.press('End', 'Tab');
  await expect(focused).toHaveText('How to read it');
  await app.keys.press('Shift+Tab');
  await expect(focused).toHaveAccessibleName('Off target: 50, target at least 60');
  await app.keys.press('Enter');
  await expect(app.title).toContainText('Pulse');

  await page.goBack();
  await expect(table).toBeVisible();
  await app.fill({ Columns: 'weeks' });
  await expect(app.main.getByRole('grid')).toHaveAccessibleName('The last 12 weeks of 3 KPIs: each value with its target.');
  await app.reload();
  await expect(app.field('Columns')).toHaveValue('weekly');
});

test('the board of the sample plan is good in every group and as a table', async ({ app, page }) => {
  await app.open();
  await app.lookAtSample();
  await app.goTo('KPIs');
  for (const view of ['Cards', 'Heat table']) {
    await app.fill({ 'Show as': view, 'Group by': 'pillar' });
    for (const [width, colorScheme] of [[1280, 'light'], [320, 'dark'], [320, 'light'], [1280, 'dark']]) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await app.expectNoSidewaysScroll();
      await expectNoAxeViolations(page);
    }
  }
  // The names stay where they are while the columns go by.
  await page.setViewportSize({ width: 320, height: 640 });
  const name = app.main.getByRole('grid').getByRole('rowheader').last();
  const before = await name.boundingBox();
  await app.main.locator('.heat').evaluate((table) => table.scrollTo(400, 0));
  expect((await name.boundingBox()).x).toBe(before.x);
});

test('what is scrapped stands at the end, and comes back', async ({ app }) => {
  await app.open();
  await app.lookAtSample();
  const { text } = await app.saveAFile('Sample: the glove makers');
  const file = JSON.parse(text);
  const kpi = file.plan.kpis.find(({ name }) => name === 'Scrap rate');
  kpi.scrapped = { reason: 'Nobody looked at it' };
  await app.chooseFile({ text: JSON.stringify(file) });
  await app.press('Replace mine');
  await app.goTo('KPIs');
  await expect(app.card('Instruments').getByRole('heading', { name: 'Scrap rate' })).toHaveCount(0);
  await app.main.getByText('1 scrapped KPI').click();
  await expect(app.row('Scrap rate')).toContainText('Nobody looked at it');
  await app.press('Bring back Scrap rate');
  await expect(app.toast('“Scrap rate” is kept again.')).toBeVisible();
  await expect(app.card('Instruments').getByRole('heading', { name: 'Scrap rate' })).toHaveCount(1);
  await app.takeBack('“Scrap rate” is kept again.');
  await expect(app.main.getByText('1 scrapped KPI')).toBeVisible();
});
