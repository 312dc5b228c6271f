import { expect, expectNoAxeViolations, test } from './support/fixtures.js';

async function onThePageOf(app, name) {
  await app.goTo('Objectives');
  await app.follow(name);
}

const form = (app) => app.formWith('What do you measure?');

test('goalposts that move are kept, with the reason', async ({ app, page }) => {
  await app.open();
  await app.start();
  await page.clock.setFixedTime('2026-11-25T09:00:00Z');
  await app.reload();
  await onThePageOf(app, 'Double our reach');
  await app.choose('Edit', 'Monthly visitors');
  await app.fill({ To: '6k' });
  await app.press('Save', form(app));
  await app.expectSaid(
    'Why does the goalpost move?',
    'It has begun: say why start, target or days change. The reason is kept.',
  );
  await expect(app.field('Why does the goalpost move?')).toBeFocused();
  await app.fill({ 'Why does the goalpost move?': 'The fair was called off.' });
  await app.press('Save', form(app));
  const story = app.card('Story');
  await expect(story).toContainText('Goalpost moved');
  await expect(story).toContainText('8,000 → 6,000 visitors');
  await expect(story).toContainText('The fair was called off.');
  await app.reload();
  await expect(story).toContainText('The fair was called off.');
  // What moves no goalpost needs no reason.
  await app.choose('Edit', 'Monthly visitors');
  await app.fill({ Weight: '2' });
  await app.press('Save', form(app));
  await expect(form(app)).toHaveCount(0);
});

test('a KPI feeds a key result; shares, marks and a judged status are shown', async ({ app }) => {
  await app.open();
  await app.start();
  await app.goTo('KPIs');
  await app.press('Add a KPI');
  await app.fill({ 'Why do we care?': 'They come first.', Name: 'Visits', Target: 'no target' });
  await app.press('Add KPI');
  await onThePageOf(app, 'Double our reach');
  await app.choose('Edit', 'Monthly visitors');
  await app.main.getByText('KPI, guards, share, marks, cadence, bands, owner').click();
  await app.fill({ 'Its value comes from': 'Visits', Commit: '6k', Stretch: '9k', Cadence: 'every month' });
  await app.press('Save', form(app));
  const row = app.row('Monthly visitors', app.card('Key results'));
  await expect(row).toContainText('Its value comes from Visits');
  await expect(row).toContainText('Commit 6,000 visitors, stretch 9,000 visitors.');

  // Another key result takes a share of it.
  await app.press('Add a key result');
  await app.fill({ 'What do you measure?': 'Visitors from the fair', From: '0', To: '1k' });
  await app.main.getByText('KPI, guards, share, marks, cadence, bands, owner').click();
  await app.fill({ 'Takes a share of': 'Monthly visitors (Double our reach)' });
  await app.press('Add key result');
  await expect(row).toContainText('Shared: Visitors from the fair 1,000 visitors; 3,000 visitors of 4,000 visitors not taken.');

  await app.choose('Judge the status yourself', 'Visitors from the fair');
  await app.fill({ 'Status in your eyes': 'On track' });
  await app.press('Save', app.formWith('Status in your eyes'));
  await app.expectSaid('Why?', 'Write something here first.', app.formWith('Status in your eyes'));
  await app.fill({ 'Why?': 'The stand is booked.' }, app.formWith('Status in your eyes'));
  await app.press('Save', app.formWith('Status in your eyes'));
  const judged = app.row('Visitors from the fair', app.card('Key results'));
  await expect(judged).toContainText('On track');
  await expect(judged).toContainText('Judged, not computed (pending by the numbers): The stand is booked.');
  await expectNoAxeViolations(app.page);
});

test('initiatives are added, moved along, deleted and brought back; progress stays', async ({ app }) => {
  await app.open();
  await app.start();
  await onThePageOf(app, 'Double our reach');
  const card = app.card('Initiatives');
  await app.press('Add an initiative');
  await app.press('Add initiative');
  await app.expectSaid('What will you do?', 'Write something here first.');
  await app.fill({ 'What will you do?': 'A guide a week', For: 'Monthly visitors', Due: '2026-11-20' }, card);
  await app.press('Add initiative');
  const row = app.row('A guide a week', card);
  await expect(row).toContainText('for Monthly visitors · Me · due 20 Nov, late');
  await app.fill({ 'State of A guide a week': 'Done' });
  await expect(row).not.toContainText('late');
  await expect(app.card('Key results')).toContainText('0%');
  await expectNoAxeViolations(app.page);
  await app.reload();
  await expect(app.field('State of A guide a week')).toHaveValue('done');
  await app.choose('Delete', 'A guide a week');
  await expect(row).toHaveCount(0);
  await app.undo();
  await expect(row).toBeVisible();
});

test('an objective is duplicated, with its check-ins or without', async ({ app }) => {
  await app.open();
  await app.start();
  await app.checkIn('Monthly visitors', '6k');
  await onThePageOf(app, 'Double our reach');
  await app.choose('Duplicate with check-ins', 'this objective');
  await expect(app.title).toContainText('Copy of Double our reach');
  await expect(app.row('Monthly visitors', app.card('Key results'))).toContainText('6,000');
  await app.choose('Duplicate', 'this objective');
  await expect(app.title).toContainText('Copy of Copy of Double our reach');
  await expect(app.row('Monthly visitors', app.card('Key results'))).toContainText('4,000');
});
