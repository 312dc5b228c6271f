import { expect, expectNoAxeViolations, test } from './support/fixtures.js';

async function add(app, title, more = {}) {
  await app.goTo('Objectives');
  await app.button('Add an objective').first().click();
  await app.fill({ 'Where do you want to go?': title, ...more });
  await app.press('Add objective');
  await expect(app.title).toContainText(title);
  await app.press('Cancel');
}

/** Edits the head of the objective whose page is open. */
async function place(app, values) {
  await app.press('Edit title');
  await app.main.getByText('Pillar, alignment, tags').click();
  await app.fill(values);
  await app.press('Save', app.formWith('Title'));
}

async function metric(app, title, to) {
  await app.press('Add a key result');
  await app.fill({ 'What do you measure?': title, From: '0', To: to });
  await app.press('Add key result');
  await expect(app.row(title, app.card('Key results'))).toBeVisible();
}

test('objectives help each other: a tree, a number that counts them, no circle', async ({ app }) => {
  await app.open('/objectives');
  await add(app, 'Be known');
  await add(app, 'Be found');
  await metric(app, 'Visitors', '100');
  await place(app, { Helps: 'Be known', Pillar: 'New pillar …', Tags: 'reach, search' });
  await expect(app.main.getByLabel('Its name')).toHaveAttribute('aria-invalid', 'true');
  await app.fill({ 'Its name': 'Growth' });
  await app.press('Save', app.formWith('Title'));
  await expect(app.main).toContainText('#reach#search');
  await expect(app.main.getByRole('link', { name: 'Be known' })).toBeVisible();
  await app.fill({ 'Key result': 'Visitors' }, app.card('Check in'));
  await app.field('Value', app.card('Check in')).fill('40');
  await app.press('Save', app.card('Check in'));

  await app.follow('Be known');
  await place(app, { 'The objectives that help this one count in its progress': true });
  await expect(app.main).toContainText('Needs attention');
  await app.goTo('Objectives');
  await expect(app.row('Be known', app.card('Q4 2026'))).toContainText('40%');
  await app.press('By alignment');
  const below = app.card('Alignment').getByRole('listitem').filter({ hasText: 'Be known' }).first();
  await expect(below.getByRole('listitem')).toHaveText(/Be found.*40%/);
  await expectNoAxeViolations(app.page);

  await app.follow('Be known');
  await place(app, { Helps: 'Be found' });
  await app.expectSaid('Helps', 'It would end up above itself.');
  await app.press('Cancel', app.formWith('Title'));
});

test('objectives are found by words, tag and owner; a filter is kept', async ({ app }) => {
  await app.open('/objectives');
  await add(app, 'Run a marathon', { Owner: 'New person …', 'Their name': 'Ada' });
  await place(app, { Tags: 'health' });
  await add(app, 'Write a book');
  await app.goTo('Objectives');
  await app.press('Filter');
  const found = app.main.getByRole('search');
  await app.fill({ Find: 'BOOK' }, found);
  await expect(found.getByRole('status')).toHaveText('1 found');
  await expect(app.main.getByRole('link', { name: 'Run a marathon' })).toHaveCount(0);
  await app.fill({ Find: '', Tag: 'health', Owner: 'Ada' }, found);
  await expect(app.main.getByRole('link', { name: 'Run a marathon' })).toBeVisible();
  await expect(app.main.getByRole('link', { name: 'Write a book' })).toHaveCount(0);
  await app.fill({ 'Keep as': 'Ada’s health' }, found);
  await app.press('Keep this filter', found);
  await app.press('Show all', found);
  await expect(app.main.getByRole('link', { name: 'Write a book' })).toBeVisible();
  await expectNoAxeViolations(app.page);

  await app.reload();
  await app.press('Filter');
  await app.press('Ada’s health', found);
  await expect(app.button('Ada’s health', found)).toHaveAttribute('aria-pressed', 'true');
  await expect(app.main.getByRole('link', { name: 'Write a book' })).toHaveCount(0);
  await app.press('Drop the filter Ada’s health', found);
  await app.takeBack('Ada’s health');
  await expect(app.button('Ada’s health', found)).toBeVisible();
});

test('the filter and the arrangement are in the address', async ({ app, page }) => {
  await app.open('/objectives');
  await add(app, 'Run a marathon', { Owner: 'New person …', 'Their name': 'Ada' });
  await add(app, 'Write a book & a half');
  await app.goTo('Objectives');
  const found = app.main.getByRole('search');
  const place = () => new URL(page.url()).hash;
  const expectFiltered = async () => {
    await expect(app.field('Find', found)).toHaveValue('book & a');
    await expect(found.getByRole('status')).toHaveText('1 found');
    await expect(app.button('By alignment')).toHaveAttribute('aria-pressed', 'true');
    await expect(app.card('Alignment').getByRole('link', { name: 'Write a book & a half' })).toBeVisible();
    await expect(app.main.getByRole('link', { name: 'Run a marathon' })).toHaveCount(0);
  };
  const expectAll = async () => {
    await expect(app.main.getByRole('link', { name: 'Run a marathon' })).toBeVisible();
    await expect(app.button('By cycle')).toHaveAttribute('aria-pressed', 'true');
    await expect(found).toHaveCount(0);
  };
  await app.press('Filter');
  await app.field('Find', found).pressSequentially('book & a');
  await expect.poll(place).toBe('#/objectives?text=book%20%26%20a');
  await app.press('By alignment');
  await expect.poll(place).toBe('#/objectives?by=alignment&text=book%20%26%20a');
  await expectFiltered();
  await app.reload();
  await expectFiltered();
  // There and back again; what was typed made no steps of its own.
  await app.follow('Write a book & a half');
  await page.goBack();
  await expectFiltered();
  await app.goTo('Objectives');
  await expectAll();
  await page.goBack();
  await expectFiltered();
  // A filter that is put away leaves the address.
  await app.press('Filter');
  await expect.poll(place).toBe('#/objectives?by=alignment');
  await app.press('Filter');
  await expectFiltered();
  await app.fill({ Find: '', Owner: 'Ada', Status: 'Pending' }, found);
  await expect(found.getByRole('status')).toHaveText('1 found');
  const shared = place();
  await app.goTo('Today');
  await app.open(shared.slice(1));
  await expect(app.field('Status', found)).toHaveValue('pending');
  await expect(app.main.getByRole('link', { name: 'Run a marathon' })).toBeVisible();
  await expect(app.main.getByRole('link', { name: 'Write a book & a half' })).toHaveCount(0);

  // What says nothing here is passed over.
  for (const bad of ['by=moon', 'status=happy&owner=nobody', 'text=%E0%A4%A', 'tag=unknown', '&&=?=&text', 'cycle=', '?']) {
    await app.open(`/objectives?${bad}`);
    await expectAll();
  }
  await app.open('/objectives?by=alignment&owner=1a0d71ce-0000-7000-8000-000000000000&text=MARATHON');
  await expect(found.getByRole('status')).toHaveText('1 found');
  await expectNoAxeViolations(page);
});

test('what a plan rests on: goal, fiscal year, pillars, people and teams', async ({ app }) => {
  await app.open('/settings');
  await app.fill({ 'Ultimate goal': 'Warm hands for everybody.', 'Years begin in': 'April' });
  await app.fill({ 'Needs attention when behind by more than': '30' });
  await app.press('Save', app.card('Ultimate goal and rhythm'));
  await expect(app.field('Off track when behind by more than')).toBeFocused();
  await app.fill({ 'Off track when behind by more than': '40' });
  await app.press('Save', app.card('Ultimate goal and rhythm'));
  await expect(app.toast('Settings saved.')).toBeVisible();

  const pillars = app.card('Pillars');
  for (const name of ['Reach', 'Craft']) {
    await app.press('Add a pillar');
    await app.fill({ Name: name, Perspective: 'Customer' }, pillars);
    await app.press('Add pillar');
  }
  await app.choose('Move up', 'Craft');
  await expect(pillars.getByRole('heading', { level: 3 })).toHaveText(['Craft', 'Reach']);

  const people = app.card('People and teams');
  for (const [name, level, team] of [['Sales', 'Team', 'Nobody'], ['Ada', 'Person', 'Sales']]) {
    await app.press('Add a person or a team');
    await app.fill({ Name: name, Level: level, 'Belongs to': team }, people);
    await app.press('Add', people);
  }
  await expect(app.row('Ada', people)).toContainText('Person · of Sales');
  await expectNoAxeViolations(app.page);

  await app.reload();
  await expect(app.field('Ultimate goal')).toHaveValue('Warm hands for everybody.');
  await app.goTo('Objectives');
  await app.press('Add a cycle');
  await expect(app.field('Name')).toHaveValue('Q3 2026/27');
  await app.fill({ Length: 'Year with its quarters' });
  await expect(app.field('Name')).toHaveValue('2026/27');
  await app.press('Add cycle');
  for (const name of ['2026/27', 'Q3 2026/27', 'Q4 2026/27']) await expect(app.card(name)).toBeVisible();
  await app.takeBack('Cycle added.');
  await expect(app.card('2026/27')).toHaveCount(0);

  // What is read each quarter speaks of the same quarters.
  await app.goTo('KPIs');
  await app.press('Add a KPI');
  await app.fill({ Name: 'Audits', Target: 'no target', 'How often?': 'every quarter', 'First reading': '3' });
  await app.press('Add KPI');
  await app.follow('Audits');
  await expect(app.card('Latest')).toContainText('Q3 2026/27');
});
