import { expect, expectNoAxeViolations, test } from './support/fixtures.js';

/** An objective in the current quarter, with its page open and a form for a key result on it. */
async function addObjective(app, title) {
  await app.goTo('Objectives');
  // The empty state has the same button, larger.
  await app.button('Add an objective').first().click();
  await app.fill({ 'Where do you want to go?': title });
  await app.press('Add objective');
  await expect(app.title).toContainText(title);
}

/** Fills in the form that is open on the page of an objective. */
async function addKeyResult(app, title, kind, fields = {}) {
  await app.fill({ 'What do you measure?': title, Kind: kind });
  await app.fill(fields);
  await app.press('Add key result');
  await expect(app.row(title, app.card('Key results'))).toBeVisible();
}

async function addAnotherKeyResult(app, ...what) {
  await app.press('Add a key result');
  await addKeyResult(app, ...what);
}

/** What a row says, its parts apart from each other as they are on the screen. */
function expectRow(row) {
  return { toContainText: (text) => expect(row).toContainText(text, { useInnerText: true }) };
}

/** The titles in the card of a cycle, in their order. */
function titlesIn(app, cycle) {
  return app.card(cycle).getByRole('link').allTextContents();
}

test('objectives are added, edited in place, put in order, deleted and brought back', async ({ app }) => {
  await app.open('/objectives');
  await expect(app.title).toHaveText('No objectives yet.');
  for (const title of ['Grow', 'Learn', 'Rest']) await addObjective(app, title);
  await app.goTo('Objectives');
  await expect(app.title).toHaveText('Q4 2026: three objectives. None has a key result yet.');
  expect(await titlesIn(app, 'Q4 2026')).toEqual(['Grow', 'Learn', 'Rest']);

  await app.choose('Move up', 'Rest');
  await expect.poll(() => titlesIn(app, 'Q4 2026')).toEqual(['Grow', 'Rest', 'Learn']);
  await expect(app.button('More for Rest')).toBeFocused();
  await app.choose('Move down', 'Grow');
  await expect.poll(() => titlesIn(app, 'Q4 2026')).toEqual(['Rest', 'Grow', 'Learn']);
  const menu = await app.menuOf('Rest');
  await expect(app.button('Move up', menu)).toBeDisabled();
  await app.page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);

  await app.choose('Edit', 'Grow');
  await expect(app.field('Title')).toBeFocused();
  await app.fill({ Title: 'Grow by a fifth', 'Why?': 'The second hall', Owner: 'New team …' });
  await app.fill({ 'Their name': 'Sales', Kind: 'Aspirational: 70% is a success' });
  await app.press('Save', app.formWith('Title'));
  await expect(app.title).toContainText('Grow by a fifth');
  await expect(app.main).toContainText('The second hall');
  await expect(app.main).toContainText('aspirational');
  await expect(app.main).toContainText('Sales');
  await app.undo();
  await expect(app.toast('Undone: edit of objective “Grow”.')).toBeVisible();
  await expect(app.title).not.toContainText('by a fifth');
  await app.redo();
  await expect(app.title).toContainText('Grow by a fifth');

  await app.choose('Delete', 'this objective');
  await expect(app.toast('“Grow by a fifth” deleted.')).toBeVisible();
  expect(await titlesIn(app, 'Q4 2026')).toEqual(['Rest', 'Learn']);
  await app.takeBack('“Grow by a fifth” deleted.');
  expect(await titlesIn(app, 'Q4 2026')).toEqual(['Rest', 'Grow by a fifth', 'Learn']);
  await app.choose('Delete', 'Learn');
  await app.undo();
  await expect.poll(() => titlesIn(app, 'Q4 2026')).toEqual(['Rest', 'Grow by a fifth', 'Learn']);

  await app.reload();
  expect(await titlesIn(app, 'Q4 2026')).toEqual(['Rest', 'Grow by a fifth', 'Learn']);
});

test('a cycle is added, edited and deleted; its objectives wait for later', async ({ app }) => {
  await app.open('/objectives');
  await app.press('Add a cycle');
  await app.fill({ Name: 'Autumn', From: '2026-10-01', To: '2026-09-30' });
  await app.press('Add cycle');
  await app.expectSaid('To', 'Ends before it begins.');
  await app.fill({ To: '2026-12-31' });
  await app.press('Add cycle');
  await expect(app.toast('Cycle added.')).toBeVisible();
  await expect(app.card('Autumn')).toContainText('1 Oct – 31 Dec · 40 days left');

  await addObjective(app, 'Grow');
  await app.goTo('Objectives');
  expect(await titlesIn(app, 'Autumn')).toEqual(['Grow']);
  await app.choose('Edit', 'Autumn');
  await app.fill({ Name: 'Late autumn', From: '2026-11-01' });
  await app.press('Save');
  await expect(app.card('Late autumn')).toContainText('1 Nov – 31 Dec');

  await app.choose('Delete', 'Late autumn');
  await expect(app.card('Later')).toContainText('Grow');
  await app.takeBack('“Late autumn” deleted. Its objective now waits under “Later”.');
  expect(await titlesIn(app, 'Late autumn')).toEqual(['Grow']);
});

test('key results of every kind say what they ask for and how they stand', async ({ app }) => {
  await app.open();
  await app.start({ objective: 'Ship better gloves', keyResult: 'Pairs a day', from: '100', to: '200', unit: 'pairs' });
  await app.follow('Ship better gloves');
  const [keyResults, checkIn] = [app.card('Key results'), app.card('Check in')];
  const stands = (title) => expectRow(app.row(title, keyResults));
  const save = async (title, fields) => {
    await app.fill({ 'Key result': title }, checkIn);
    await app.fill(fields, checkIn);
    await app.press('Save', checkIn);
    await expect(app.card('Story').getByRole('listitem').first()).toContainText(title);
  };

  await stands('Pairs a day').toContainText('100 → 200 pairs');
  await save('Pairs a day', { Value: '+50' });
  await stands('Pairs a day').toContainText('150 50% On track');

  await addAnotherKeyResult(app, 'Leads accepted', 'Stay at least', { 'At least': '60', Unit: '%' });
  await stands('Leads accepted').toContainText('at least 60%, every week');
  await stands('Leads accepted').toContainText('Pending');
  await save('Leads accepted', { Value: '64%' });
  await stands('Leads accepted').toContainText('64%');

  await addAnotherKeyResult(app, 'New ERP', 'Milestones', { Steps: 'Articles\nWarehouse\n\nOld one off' });
  await stands('New ERP').toContainText('0 of 3 steps done');
  await app.field('Articles', keyResults).check();
  await stands('New ERP').toContainText('1 of 3 steps done');
  await stands('New ERP').toContainText('33%');
  await expect(app.card('Story')).toContainText('Articles · step done');
  await app.field('Articles', keyResults).uncheck();
  await stands('New ERP').toContainText('0 of 3 steps done');
  await app.field('Warehouse', keyResults).check();
  await app.choose('Move up', 'Warehouse');
  await expect(keyResults.getByRole('checkbox').first()).toBeChecked();
  await app.press('Add a step', keyResults);
  await app.fill({ 'What is done then?': 'Party' }, keyResults);
  await app.press('Add a step', app.formWith('What is done then?'));
  await expect(app.field('What is done then?')).toBeFocused();
  await app.field('What is done then?').press('Escape');
  await stands('New ERP').toContainText('1 of 4 steps done');

  await addAnotherKeyResult(app, 'Certified', 'Done or not');
  await stands('Certified').toContainText('done or not');
  await save('Certified', { Done: true });
  await stands('Certified').toContainText('Done Achieved');

  await addAnotherKeyResult(app, 'Recommended by', 'Baseline: find the number first', { Unit: '%' });
  await stands('Recommended by').toContainText('find the number first');
  await save('Recommended by', { Value: '23' });
  await stands('Recommended by').toContainText('23% Achieved');

  // Which key result is chosen for a check-in is not kept.
  await app.fill({ 'Key result': 'Pairs a day' }, checkIn);
  const told = await app.told();
  await app.reload();
  await expect(app.card('Key results').getByRole('listitem').first()).toBeVisible();
  await expect(app.main.getByRole('figure').first()).toBeVisible();
  expect((await app.told()).split('- figure')[0]).toBe(told.split('- figure')[0]);
});

test('a key result is edited, put in order, deleted and brought back', async ({ app }) => {
  await app.open();
  await app.start();
  await app.follow('Double our reach');
  const keyResults = app.card('Key results');
  await app.press('Add a key result');
  await app.fill({ 'What do you measure?': 'Calls', From: '5', To: '5' });
  await app.press('Add key result');
  await expect(app.field('To')).toBeFocused();
  await app.expectSaid('To', '= 5 The same as “From”.');
  await expect(app.field('What do you measure?')).toHaveValue('Calls');
  await app.fill({ To: '50', Weight: '2', Due: '2026-11-01', Starts: '2026-11-10' });
  await app.press('Add key result');
  await app.expectSaid('Due', 'Due before it starts.');
  await app.fill({ Due: '2026-12-20' });
  await app.press('Add key result');
  await expect(app.toast('Key result added.')).toBeVisible();
  await expect(app.row('Calls', keyResults)).toContainText('5 → 50 · weight 2 · 10 Nov – 20 Dec');

  await app.choose('Move up', 'Calls');
  await expect(keyResults.getByRole('listitem').first()).toContainText('Calls');
  await app.choose('Edit', 'Calls');
  await app.fill({ 'What do you measure?': 'Calls a week', To: '60' });
  await app.press('Save', app.formWith('What do you measure?'));
  await expect(app.row('Calls a week', keyResults)).toContainText('5 → 60');

  await app.choose('Delete', 'Calls a week');
  await expect(app.row('Calls a week', keyResults)).toHaveCount(0);
  await app.takeBack('“Calls a week” deleted.');
  await expect(app.row('Calls a week', keyResults)).toContainText('5 → 60');
  await expect(keyResults.getByRole('listitem').first()).toContainText('Calls a week');
});

test('nothing is due before it starts, its cycle’s days included', async ({ app }) => {
  await app.open();
  await app.start();
  await app.follow('Double our reach');
  await app.press('Add a key result');
  await app.fill({ 'What do you measure?': 'Calls', From: '5', To: '50', Due: '2026-09-30' });
  await app.press('Add key result');
  await app.expectSaid('Due', 'Due before its cycle begins. Choose a later day, or say when it starts.');
  await expect(app.field('Due')).toBeFocused();
  await expect(app.field('What do you measure?')).toHaveValue('Calls');
  await expect(app.field('Due')).toHaveValue('2026-09-30');
  await app.fill({ Due: '', Starts: '2027-01-04' });
  await app.press('Add key result');
  await app.expectSaid('Due', 'It starts after its cycle ends: say when it is due.');
  await app.fill({ Due: '2026-12-04', Starts: '' });
  await app.press('Add key result');
  await expect(app.toast('Key result added.')).toBeVisible();

  // What is right here would be wrong in a later cycle, and if its own cycle began later.
  await app.goTo('Objectives');
  await app.press('Add a cycle');
  await app.fill({ Name: 'Next', From: '2027-01-01', To: '2027-03-31' });
  await app.press('Add cycle');
  await app.follow('Double our reach');
  await app.choose('Edit', 'this objective');
  await app.fill({ Title: 'Triple our reach', Cycle: 'Next' });
  await app.press('Save', app.formWith('Title'));
  await app.expectSaid('Cycle', 'A key result would be due before it starts. Change its days first.');
  await expect(app.field('Title')).toHaveValue('Triple our reach');
  await app.goTo('Objectives');
  await app.choose('Edit', 'Q4 2026');
  await app.fill({ From: '2026-12-05' });
  await app.press('Save');
  await app.expectSaid('To', 'A key result would be due before it starts. Change its days first.');
  await app.fill({ From: '2026-12-04' });
  await app.press('Save');
  await expect(app.card('Q4 2026')).toContainText('4 – 31 Dec');
});

test('check-ins: for a past day, edited, deleted, taken back', async ({ app }) => {
  await app.open();
  await app.start();
  await app.follow('Double our reach');
  const [checkIn, story, keyResults] = [app.card('Check in'), app.card('Story'), app.card('Key results')];
  await expect(story).toContainText('Check-ins will tell it.');

  await app.fill({ Value: '5k', Note: 'A link from a magazine' }, checkIn);
  await app.field('Confidence in Monthly visitors', checkIn).press('End');
  await app.press('Save', checkIn);
  await expect(app.toast('Checked in.')).toBeVisible();
  await expect(app.row('5,000', story)).toContainText('confidence 10');
  await expect(app.row('5,000', story)).toContainText('A link from a magazine');
  await expect(app.field('Value', checkIn)).toHaveValue('');
  await expect(app.field('Value', checkIn)).toBeFocused();

  await app.fill({ Value: '4.5k', Date: '2026-11-19' }, checkIn);
  await app.press('Save', checkIn);
  await expect(checkIn).toContainText('Really 19 November 2026? It starts on 21 November 2026.');
  await app.press('Keep 19 November 2026', checkIn);
  await expect(app.row('4,500', story)).toContainText('19 Nov');
  await expectRow(keyResults).toContainText('5,000 25%');
  await expect(story.getByRole('listitem').first()).toContainText('5,000');

  await app.fill({ Value: '9k', Date: '2026-11-22' }, checkIn);
  await app.press('Save', checkIn);
  await app.expectSaid('Date', 'Choose today or a day before.', checkIn);
  await expect(app.field('Value', checkIn)).toHaveValue('9k');
  await app.field('Value', checkIn).press('Escape');

  await app.press('Edit check-in of 21 Nov', story);
  await expect(app.field('Value', story)).toBeFocused();
  await expect(app.field('Value', story)).toHaveValue('5,000');
  await app.fill({ Value: '6k', Note: 'Counted again' }, story);
  await app.press('Save', story);
  await expect(app.row('6,000', story)).toContainText('Counted again');
  await expectRow(keyResults).toContainText('6,000 50%');
  await expect(app.button('Edit check-in of 21 Nov', story)).toBeFocused();
  await app.undo();
  await expectRow(keyResults).toContainText('5,000 25%');
  await app.redo();
  await expectRow(keyResults).toContainText('6,000 50%');

  await app.press('Delete check-in of 21 Nov', story);
  await expectRow(keyResults).toContainText('4,500 13%');
  await app.takeBack('Check-in deleted.');
  await expectRow(keyResults).toContainText('6,000 50%');
  await app.press('Delete check-in of 21 Nov', story);
  await app.undo();
  await expectRow(keyResults).toContainText('6,000 50%');

  await app.press('Edit check-in of 21 Nov', story);
  await app.fill({ Date: '2026-11-18' }, story);
  await app.press('Save', story);
  await app.press('Keep 18 November 2026', story);
  await expectRow(keyResults).toContainText('4,500 13%');
  await expect(story.getByRole('listitem').first()).toContainText('19 Nov');

  await app.reload();
  await expectRow(keyResults).toContainText('4,500 13%');
  await expect(app.row('6,000', story)).toContainText('18 Nov');
});

test('status and formula say how far a key result is, and how far today expects it', async ({ app }) => {
  await app.open('/objectives');
  await app.press('Add a cycle');
  await app.fill({ Name: 'Autumn', From: '2026-10-01', To: '2026-12-31' });
  await app.press('Add cycle');
  await addObjective(app, 'Grow');
  await app.fill({ 'What do you measure?': 'Visitors', From: '4000', To: '8000' });
  await app.press('Add key result');
  const [checkIn, keyResults] = [app.card('Check in'), app.card('Key results')];
  await expectRow(keyResults).toContainText('Pending');

  const save = async (value) => {
    await app.fill({ Value: value }, checkIn);
    await app.press('Save', checkIn);
  };
  // From 1 October on, 51 days have gone; the 91st after it is 31 December.
  await save('6,200');
  await expectRow(keyResults).toContainText('55% = (6,200 − 4,000) ÷ (8,000 − 4,000)');
  await expectRow(keyResults).toContainText('Today expects 56% = 51 ÷ 91 days');
  await expect(app.main).toContainText('On track');
  await save('5,600');
  await expectRow(app.row('Visitors', keyResults)).toContainText('40% Needs attention');
  await save('5,000');
  await expectRow(app.row('Visitors', keyResults)).toContainText('25% Off track');
  await save('8,400');
  await expectRow(app.row('Visitors', keyResults)).toContainText('110% Achieved');
  await expectRow(app.row('Visitors', keyResults)).toContainText('Reached.');

  await addAnotherKeyResult(app, 'Trials', 'A number from … to', { From: '0', To: '100', Weight: '3' });
  await app.fill({ 'Key result': 'Trials' }, checkIn);
  await save('20');
  await expectRow(keyResults).toContainText('40% = (1 × 100% + 3 × 20%) ÷ (1 + 3)');
});

test('what is ahead is told, drawn and explained, with its pace', async ({ app, page }) => {
  await app.open('/objectives');
  await app.press('Add a cycle');
  await app.fill({ Name: 'Autumn', From: '2026-10-01', To: '2026-12-31' });
  await app.press('Add cycle');
  await addObjective(app, 'Grow');
  await app.fill({ 'What do you measure?': 'Visitors', From: '4000', To: '8000', Unit: 'visitors' });
  await app.press('Add key result');
  const [checkIn, keyResults] = [app.card('Check in'), app.card('Key results')];
  const ways = [['10-08', '4,400'], ['10-15', '4,500'], ['10-22', '5,100'], ['10-29', '5,000'], ['11-05', '5,600']];
  for (const [day, value] of ways.slice(0, 4)) {
    await app.fill({ Value: value, Date: `2026-${day}` }, checkIn);
    await app.press('Save', checkIn);
    await expect(app.row(value, app.card('Story'))).toBeVisible();
  }
  await keyResults.getByText('How each number is made').click();
  // The number of a single key result is the objective's: only what goes beyond it is said here.
  await expectRow(keyResults).toContainText('No forecast yet: 5 check-ins over 21 days are needed, there are 4 over 21.');
  for (const [day, value] of [ways[4], ['11-12', '5,800']]) {
    await app.fill({ Value: value, Date: `2026-${day}` }, checkIn);
    await app.press('Save', checkIn);
    await expect(app.row(value, app.card('Story'))).toBeVisible();
  }
  for (const made of [
    'Needed a week: 385 = (8,000 − 5,800) ÷ 40 days × 7',
    'Lately a week: 268 = (5,800 − 5,071.43) ÷ 19 days × 7, 24 Oct – 12 Nov',
    'In a straight line: 7,760 = 5,800 + 40 × 49 days, counted as 7,800',
    'A day: 40 = (5,800 − 4,400) ÷ 35 days',
    '80% likely: 5,800 to 9,720 = 7,760 ± 1.53 × 118 × √(49 + 49² ÷ 35), counted as 5,800 to 9,700',
  ]) {
    await expectRow(keyResults).toContainText(made);
  }
  await expect(keyResults).toContainText('From today’s line: -11% = 45% − 56%');
  await expect(keyResults).toContainText('On track up to 10% behind. Off track beyond 25%.');
  for (const sentence of [
    'Needs 385 a week; 268 a week lately.',
    'In a straight line, 7,800 by 31 Dec; 80% likely: 5,800 to 9,700.',
  ]) {
    await expect(app.row('Visitors', keyResults)).toContainText(sentence);
  }

  const chart = app.chart('Visitors');
  await expect(chart.figure).toContainText('In a straight line, 7,800 by 31 Dec; 80% likely: 5,800 to 9,700.');
  await chart.drawn();
  const soft = await chart.pixelsOf('--accent-soft');
  expect(soft, 'pixels of the fan').toBeGreaterThan(1000);
  const [first] = await chart.table();
  expect(first).toEqual([
    '31 Dec', 'as it goes', '7,800 visitors', '8,000 visitors', '8,000 visitors', '80% likely: 5,800 to 9,700 visitors',
  ]);
  await expectNoAxeViolations(page);
});
