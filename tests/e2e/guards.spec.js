import { expect, expectNoAxeViolations, test } from './support/fixtures.js';

const FIRST = 'First reading';
const BROKEN = 'Guard broken: Scrap rate is off target';

/** A goal in this quarter, and a number that must not suffer from it. */
async function begin(app, { scrap = '1.5', frequency = 'every week' } = {}) {
  await app.open();
  await app.start();
  await app.goTo('KPIs');
  await addKpi(app, { Name: 'Scrap rate', Target: 'at most', Value: '2', Unit: '%', 'How often?': frequency, [FIRST]: scrap });
}

async function addKpi(app, values) {
  await app.press('Add a KPI');
  const { Target, ...rest } = values;
  if (Target) await app.fill({ Target });
  await app.fill(rest);
  await app.press('Add KPI');
  await expect(app.toast('KPI added.')).toBeVisible();
}

/** Names the guard in the form of the key result, without a mouse. */
async function guard(app) {
  await app.goTo('Objectives');
  await app.follow('Double our reach');
  await app.choose('Edit', 'Monthly visitors');
  const form = app.formWith('What do you measure?');
  const more = form.getByText('KPI, guards, share, marks, cadence, bands, owner');
  await more.focus();
  await app.keys.press('Enter');
  const box = form.getByRole('checkbox', { name: 'Scrap rate' });
  await app.keys.tabTo(box);
  await app.keys.press('Space');
  await expect(box).toBeChecked();
  await app.keys.press('Enter');
  await expect(form).toHaveCount(0);
}

async function read(app, value) {
  await app.goTo('KPIs');
  await app.fill({ 'Scrap rate': value }, app.card('Instruments'));
  await app.press('Save Scrap rate', app.card('Instruments'));
  await expect(app.toast('Reading saved.')).toBeVisible();
}

async function goTo(app, day) {
  await app.page.clock.setSystemTime(new Date(`${day}T09:00:00+01:00`));
  await app.reload();
}

test('a broken guard stands beside the status wherever its goal is shown', async ({ app }) => {
  await begin(app);
  await guard(app);
  await expect(app.row('Monthly visitors', app.card('Key results'))).toContainText('Guarded by Scrap rate (holds)');
  await expect(app.main).not.toContainText('Guard broken');

  await read(app, '3.4');
  await app.goTo('Today');
  await expect(app.title).toHaveText('Week 8 of 14. One KPI needs you.');
  await expect(app.main).toContainText('A guard is broken on one goal.');
  await expect(app.row('Double our reach', app.card('Objectives on course'))).toContainText(BROKEN);
  await app.goTo('Objectives');
  await expect(app.row('Monthly visitors')).toContainText(BROKEN);
  await app.follow('Double our reach');
  await expect(app.row('Monthly visitors', app.card('Key results'))).toContainText(`${BROKEN} since the week of 16 Nov`);
  await expect(app.main.getByText('Guard broken:')).toHaveCount(2);
  await expectNoAxeViolations(app.page);
  await app.page.setViewportSize({ width: 320, height: 640 });
  await app.expectNoSidewaysScroll();
  await app.page.setViewportSize({ width: 1280, height: 720 });

  await app.open('/check-in');
  await expect(app.main).toContainText(BROKEN);

  // Its KPI says what it guards, and leads there.
  await app.goTo('KPIs');
  await app.follow('Scrap rate');
  await expect(app.row('Monthly visitors', app.card('Goals'))).toContainText('of Double our reach');
  await expectNoAxeViolations(app.page);
  await app.undo();
  await app.card('Goals').getByRole('link', { name: 'Monthly visitors' }).click();
  await expect(app.title).toContainText('Double our reach');
  await expect(app.main).not.toContainText('Guard broken');
});

test('a KPI is guarded by another one', async ({ app }) => {
  await begin(app, { scrap: '3.4' });
  await addKpi(app, { Name: 'Pairs a day', Value: '100', [FIRST]: '120' });
  await app.follow('Pairs a day');
  const guards = app.card('Guards');
  await app.press('Choose guards', guards);
  await expect(guards.getByRole('checkbox', { name: 'Scrap rate' })).toBeFocused();
  await expect(guards.getByRole('checkbox', { name: 'Pairs a day' })).toHaveCount(0);
  await app.keys.press('Space', 'Enter');
  await expect(app.button('Choose guards', guards)).toBeFocused();
  await expect(app.row('Scrap rate', guards)).toContainText('is off target since the week of 16 Nov');
  await expect(app.main).toContainText(`On target`);
  await app.goTo('KPIs');
  await expect(app.row('Pairs a day', app.card('Instruments'))).toContainText(BROKEN);
  await app.goTo('Today');
  await expect(app.main.locator('.kpi', { hasText: 'Pairs a day' })).toContainText(BROKEN);
});

test('a success beside a broken guard needs a reason', async ({ app }) => {
  await begin(app);
  await guard(app);
  await app.goTo('Today');
  await app.checkIn('Monthly visitors', '8,000');
  await goTo(app, '2027-01-04');
  await read(app, '3.4');
  await app.goTo('Today');
  await app.main.getByRole('link', { name: 'Close Q4 2026 and learn' }).click();
  await expect(app.row('Monthly visitors', app.card('Before you close'))).toContainText('Scrap rate');
  const objective = app.card('Double our reach');
  await expect(objective).toContainText(`${BROKEN} since`);
  await expectNoAxeViolations(app.page);
  await app.press('Close Q4 2026');
  const why = app.field('A guard is broken. Why is it a success all the same?', objective);
  await expect(why).toBeFocused();
  await expect(why).toHaveAccessibleDescription('A guard is broken: say why it is a success all the same.');

  // What is no success needs none.
  const score = objective.getByRole('textbox', { name: 'Score 0 to 1' });
  await score.fill('0.5');
  await expect(why).toHaveCount(0);
  await score.fill('0.9');
  await expect(why).toHaveCount(0);
  await objective.getByRole('radio', { name: 'Achieved' }).check();
  await expect(app.field('A guard is broken. Why is it a success all the same, and why not 1?', objective)).toBeVisible();
  await score.fill('1');
  await why.fill('One bad batch, found and fixed.');
  await app.press('Close Q4 2026');
  await expect(app.title).toHaveText('Q4 2026: achieved.');
  await expect(app.card('Double our reach')).toContainText('Why judged so: One bad batch, found and fixed.');
  await expect(app.card('Double our reach')).toContainText(BROKEN);
});

test('a KPI that is off target becomes an objective that it feeds', async ({ app }) => {
  await begin(app, { scrap: '3.4', frequency: 'every month' });
  await app.follow('Scrap rate');
  await expect(app.main).toContainText('Off target since November 2026.');
  await app.button('Make this an objective').focus();
  await app.keys.press('Enter');
  const form = app.formWith('Where do you want to go?');
  const title = app.field('Where do you want to go?');
  await expect(title).toBeFocused();
  await expect(title).toHaveValue('Scrap rate back on target');
  await expect(app.field('What do you measure?')).toHaveValue('Scrap rate');
  await expect(app.field('From', form)).toHaveValue('3.4');
  await expect(app.field('To', form)).toHaveValue('2');
  await expect(app.field('Cycle').locator('option:checked')).toHaveText('Q4 2026');
  await expectNoAxeViolations(app.page);
  await app.fill({ To: '3.4' }, form);
  await app.press('Add objective');
  await expect(app.field('To', form)).toBeFocused();
  await app.fill({ To: '2' }, form);
  await app.keys.press('Enter');

  await expect(app.title).toContainText('Scrap rate back on target');
  const row = app.row('3.4% → 2%', app.card('Key results'));
  await expect(row).toContainText('On track');
  await row.getByRole('link', { name: 'Scrap rate' }).click();
  await expect(app.row('Scrap rate', app.card('Goals'))).toContainText('of Scrap rate back on target');
  await expect(app.button('Make this an objective')).toHaveCount(0);
  await app.undo();
  await expect(app.card('Goals')).toContainText('No goal speaks of it yet.');
  await expect(app.button('Make this an objective')).toBeVisible();
});

test('a target that is met for three months suggests a stricter one', async ({ app }) => {
  await app.open('/kpis');
  await addKpi(app, { Name: 'Punctuality', Value: '95', Unit: '%', 'How often?': 'every month' });
  await app.follow('Punctuality');
  const reading = app.card('New reading');
  await reading.getByText('For another day, or with a note').click();
  for (const [value, day] of [['96', '2026-08-31'], ['98.2', '2026-09-30'], ['97.36', '2026-10-31']]) {
    await expect(app.main).not.toContainText('raise the bar');
    await app.fill({ Value: value, Date: day }, reading);
    await app.press('Save', reading);
    await expect(app.toast('Reading saved.').last()).toBeVisible();
  }
  await expect(app.main).toContainText('Met for three months: raise the bar to at least 97%?');
  await expect(app.main).toContainText('97.36% is the middle one of the last three values (96%, 98.2%, 97.36%)');
  await app.button('Raise the bar').focus();
  await app.keys.press('Enter');
  await expect(app.field('New target')).toBeFocused();
  await expect(app.field('New target')).toHaveValue('97');
  await expect(app.field('Holds from')).toHaveValue('2026-12-01');
  await expectNoAxeViolations(app.page);
  await app.fill({ 'New target': '97.5' });
  await app.keys.press('Enter');
  await expect(app.toast('Target set.')).toBeVisible();
  await expect(app.main).not.toContainText('raise the bar');
  await expect(app.main).toContainText('at least 97.5%');
  await app.undo();
  await expect(app.main).toContainText('raise the bar to at least 97%?');
});

test('a key result that is reached goes on as a KPI, once', async ({ app }) => {
  await begin(app);
  await guard(app);
  await expect(app.button('Keep it as a KPI')).toHaveCount(0);
  await app.goTo('Today');
  await app.checkIn('Monthly visitors', '8,200');
  await app.follow('Double our reach');
  await app.button('Keep it as a KPI').focus();
  await app.keys.press('Enter');
  const row = app.row('Monthly visitors', app.card('Key results'));
  await expect(row).toContainText('It is watched on as a KPI: Monthly visitors');
  await expect(row.getByRole('link', { name: 'Monthly visitors' })).toBeFocused();
  await expect(app.button('Keep it as a KPI')).toHaveCount(0);
  await app.keys.press('Enter');
  await expect(app.main).toContainText('at least 8,000');
  await expect(app.row('Scrap rate', app.card('Guards'))).toContainText('holds');
  await expect(app.card('Goals')).toContainText('It was kept from');
  await expect(app.row('Monthly visitors', app.card('Goals'))).toContainText('Achieved');
  await app.undo();
  await app.goTo('Objectives');
  await app.follow('Double our reach');
  await expect(app.button('Keep it as a KPI')).toBeVisible();
});
