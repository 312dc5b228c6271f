// What an objective's page says of its numbers: equations that are true as printed, digits that agree with their
// verdict, and nothing that was said is lost on a journey west.
import { expect, expectNoAxeViolations, test } from './support/fixtures.js';
import { Bearings } from './support/pages.js';

/** What an element says, its parts apart from each other as they are on the screen. */
function expectSaid(element) {
  return { toContainText: (text) => expect(element).toContainText(text, { useInnerText: true }) };
}

async function addCycle(app, name, from, to) {
  await app.goTo('Objectives');
  await app.press('Add a cycle');
  await app.fill({ Name: name, From: from, To: to });
  await app.press('Add cycle');
}

async function addObjective(app, title) {
  await app.goTo('Objectives');
  await app.button('Add an objective').first().click();
  await app.fill({ 'Where do you want to go?': title });
  await app.press('Add objective');
  await expect(app.title).toContainText(title);
}

/** Fills in the form for a key result that a new objective has open. */
async function addKeyResult(app, title, fields) {
  await app.fill({ 'What do you measure?': title, ...fields });
  await app.press('Add key result');
  await expect(app.row(title, app.card('Key results'))).toBeVisible();
}

async function checkIn(app, fields) {
  const card = app.card('Check in');
  await app.fill(fields, card);
  await app.press('Save', card);
}

test.describe('in the first hour of a day', () => {
  test.use({ now: '2026-12-01T00:30:00' });

  test('what was said there still counts further west, where that day has not begun', async ({ app, browser, context }) => {
    await app.open();
    await app.start();
    await app.checkIn('Monthly visitors', '6k');

    const west = await browser.newContext({ storageState: await context.storageState(), timezoneId: 'America/New_York' });
    // Ten minutes later it is 18:40 on 30 November there.
    await west.clock.install({ time: new Date('2026-11-30T23:40:00Z') });
    const there = new Bearings(await west.newPage());
    await there.open('/objectives');
    await there.follow('Double our reach');
    const row = there.row('Monthly visitors', there.card('Key results'));
    await expectSaid(row).toContainText('6,000');
    await expectSaid(row).toContainText('50%');
    await checkIn(there, { Value: '6500' });
    await expectSaid(row).toContainText('6,500');
    await expect(there.row('6,500', there.card('Story'))).toBeVisible();
    await there.reload();
    await expectSaid(row).toContainText('6,500');
    await west.close();
  });
});

test('an equation is true as it is printed, beyond the target and before the start', async ({ app }) => {
  await app.open('/objectives');
  await addCycle(app, 'Autumn', '2026-10-01', '2026-12-31');
  await addObjective(app, 'Grow');
  await addKeyResult(app, 'Visitors', { From: '0', To: '100' });
  await checkIn(app, { Value: '130' });
  const keyResults = app.card('Key results');
  await expectSaid(keyResults).toContainText('130% = (130 − 0) ÷ (100 − 0), counted as 100%');

  await addObjective(app, 'Be liked');
  await addKeyResult(app, 'Score', { From: '50', To: '100' });
  await checkIn(app, { Value: '40' });
  await expectSaid(keyResults).toContainText('-20% = (40 − 50) ÷ (100 − 50), worse than the start, counted as 0%');

  // A key result may have bands of its own, and the page says whose they are.
  await checkIn(app, { Value: '74' });
  await expectSaid(keyResults).toContainText('From today’s line: -8% = 48% − 56%');
  await app.choose('Edit', 'Score', keyResults);
  await app.main.getByText('KPI, guards, share, marks, cadence, bands, owner').click();
  const form = app.formWith('What do you measure?');
  await app.fill({ 'Needs attention when behind by more than': '5' }, form);
  await app.press('Save', form);
  await expect(form).toContainText('Say both, or neither.');
  await app.fill({ 'Off track when behind by more than': '40' }, form);
  await app.press('Save', form);
  await expectSaid(keyResults).toContainText('On track up to 5% behind. Off track beyond 40%.');
  await expectSaid(keyResults).toContainText('These bands are its own, not the plan’s.');
  await expectSaid(app.row('Score', keyResults)).toContainText('48% Needs attention');
});

test('a verdict is not contradicted by rounding', async ({ app }) => {
  await app.open('/objectives');
  await addCycle(app, 'Before', '2026-08-01', '2026-11-20');
  await app.goTo('Objectives');
  await app.button('Add an objective').first().click();
  await app.fill({ 'Where do you want to go?': 'Grow', Cycle: 'Before' });
  await app.press('Add objective');
  await addKeyResult(app, 'Visitors', { From: '0', To: '100' });
  await checkIn(app, { Value: '69.96', Date: '2026-11-19' });
  await expectSaid(app.row('Visitors', app.card('Key results'))).toContainText('69.96% Missed');
});

test('a stay tells what was kept, what was broken and what is not known', async ({ app }) => {
  await app.open('/objectives');
  await addCycle(app, 'Autumn', '2026-10-01', '2026-12-31');
  await addObjective(app, 'Sleep well');
  await addKeyResult(app, 'Hours', { Kind: 'Stay at least', 'At least': '7' });
  const row = app.row('Hours', app.card('Key results'));
  await expectSaid(row).toContainText('Seven weeks went by without a value.');
  await checkIn(app, { Value: '5', Date: '2026-10-02' });
  await expectSaid(row).toContainText('The one week with a value was broken; 80% is asked for. Unknown: six of seven.');
  await checkIn(app, { Value: '6', Date: '2026-10-09' });
  await expectSaid(row).toContainText('None of two weeks kept; 80% is asked for. Unknown: five of seven.');
  const kept = [['10-16', '16 Oct'], ['10-23', '23 Oct'], ['10-30', '30 Oct'], ['11-06', '6 Nov'], ['11-13', '13 Nov']];
  for (const [day, said] of kept) {
    await checkIn(app, { Value: '8', Date: `2026-${day}` });
    await expect(app.row(said, app.card('Story'))).toBeVisible();
  }
  await expectSaid(row).toContainText('Five of seven weeks kept; 80% is asked for.');
  await expectSaid(row).toContainText('71% On track');
  await app.card('Key results').getByText('How each number is made').click();
  await expectSaid(app.card('Key results')).toContainText('89.3% = 5 ÷ 7 weeks ÷ 80%');
  await expectSaid(app.card('Key results')).toContainText('5, broken (at least 7)');
  await expectSaid(app.card('Key results')).toContainText('8, kept (at least 7)');
});

test('an objective that others make up says so, with its number, its formula and its parts', async ({ app, page }) => {
  await app.open('/objectives');
  await addCycle(app, 'Autumn', '2026-10-01', '2026-12-31');
  await addObjective(app, 'Be known');
  await app.press('Cancel');
  await addObjective(app, 'Be found');
  await addKeyResult(app, 'Visitors', { From: '0', To: '100' });
  await checkIn(app, { Value: '35' });
  const place = async (values) => {
    await app.press('Edit title');
    await app.main.getByText('Pillar, alignment, tags').click();
    await app.fill(values);
    await app.press('Save', app.formWith('Title'));
  };
  await place({ Helps: 'Be known' });
  await app.follow('Be known');
  const supporters = app.card('Supported by');
  await expectSaid(app.row('Be found', supporters)).toContainText('does not count in the number');
  await place({ 'The objectives that help this one count in its progress': true });
  await expectSaid(app.row('Be found', supporters)).toContainText('counts here');
  await expectSaid(supporters).toContainText('35% · today expects 56%');
  await expectSaid(supporters).toContainText('35% is the progress of the one part that counts; today expects 56%.');
  await expectSaid(supporters).toContainText('From today’s line: -21% = 35% − 56%');
  await expectNoAxeViolations(page);

  // Beside key results they are parts of the same formula.
  await app.press('Add a key result');
  await addKeyResult(app, 'Talks', { From: '0', To: '10' });
  await checkIn(app, { Value: '5' });
  await expectSaid(app.card('Key results')).toContainText('42.5% = (50% + 35%) ÷ 2');
  await expect(app.row('Be found', supporters)).toBeVisible();
  await supporters.getByRole('link', { name: 'Be found' }).click();
  await expect(app.title).toContainText('Be found');

  // Where nothing weighs anything, the page says why there is no number.
  await addObjective(app, 'Rest');
  await addKeyResult(app, 'Naps', { From: '0', To: '10', Weight: '0' });
  await expectSaid(app.card('Key results')).toContainText('No number: all that counts here weighs 0.');
});

test('a step that is done later is not done on a past day', async ({ app }) => {
  await app.open('/objectives');
  await addCycle(app, 'Autumn', '2026-10-01', '2026-12-31');
  await addObjective(app, 'Move');
  await addKeyResult(app, 'The new house', { Kind: 'Milestones', Steps: 'Permit\nRoof\nKeys' });
  const row = app.row('The new house', app.card('Key results'));
  await app.main.getByRole('checkbox', { name: 'Permit' }).check();
  await expectSaid(row).toContainText('1 of 3 steps done');
  await app.choose('Edit', 'Permit');
  await app.fill({ 'Done on': '2026-11-28' });
  await app.press('Save', app.formWith('Done on'));
  await app.expectSaid('Done on', 'Choose today or a day before.');
  await app.fill({ 'Done on': '2026-11-10' });
  await app.press('Save', app.formWith('Done on'));
  await expectSaid(row).toContainText('done 10 Nov');
  await app.card('Key results').getByText('How each number is made').click();
  await expectSaid(app.card('Key results')).toContainText('Steps without a day are spread evenly: 30 Nov, 31 Dec.');
});
