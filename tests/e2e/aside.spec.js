import { expect, expectNoAxeViolations, test } from './support/fixtures.js';
import { Bearings } from './support/pages.js';

test('any past day: values, targets and statuses as they were', async ({ app, page }) => {
  await app.open();
  await app.start();
  await app.checkIn('Monthly visitors', '5k');
  await page.clock.setFixedTime('2026-11-30T09:00:00Z');
  await app.reload();
  await app.checkIn('Monthly visitors', '7k');
  await app.goTo('Objectives');
  const row = app.row('Monthly visitors', app.card('Q4 2026'));
  await expect(row).toContainText('7,000');
  const stored = await app.stored();

  await app.choose('Look back', 'this page');
  const banner = app.main.getByRole('region', { name: 'A past day' });
  await expect(banner).toContainText('Your plan on 30 November 2026.');
  await banner.getByLabel('Date').fill('2026-11-25');
  await expect(banner).toContainText('Your plan on 25 November 2026.');
  await expect(row).toContainText('5,000');
  await expectNoAxeViolations(page);
  // By keyboard, a day at a time.
  await banner.getByRole('slider').focus();
  await page.keyboard.press('ArrowRight');
  await expect(banner).toContainText('26 November 2026');
  await page.keyboard.press('End');
  await expect(row).toContainText('7,000');
  await page.keyboard.press('Home');

  // There is nothing to type into.
  await app.follow('Double our reach');
  await expect(app.card('Check in')).toHaveCount(0);
  await app.goTo('Today');
  await banner.getByLabel('Date').fill('2026-11-28');
  const due = app.card('Due now');
  await expect(due).toContainText('Monthly visitors was 5,000 visitors on 21 Nov');
  await expect(due.getByRole('textbox')).toHaveCount(0);
  await expect(due.getByRole('button')).toHaveCount(0);
  await app.goTo('Objectives');
  await app.follow('Double our reach');
  await app.press('Back to today', banner);
  await expect(banner).toHaveCount(0);
  await expect(app.card('Check in')).toBeVisible();
  await expect(app.row('Monthly visitors', app.card('Key results'))).toContainText('7,000');
  expect(await app.stored()).toEqual(stored);
});

test('what if: change freely, see everything move, leave without a trace', async ({ app, page }) => {
  await app.open();
  await app.start();
  await app.checkIn('Monthly visitors', '5k');
  await app.goTo('Objectives');
  const stored = await app.stored();
  const row = app.row('Double our reach', app.card('Q4 2026'));
  await expect(row).toContainText('25%');

  await app.choose('What if?', 'this page');
  const banner = app.main.getByRole('region', { name: 'What if?' });
  await expect(banner).toContainText('Nothing of it is kept.');
  await app.choose('Edit', 'Monthly visitors');
  await app.fill({ To: '5k' });
  await app.press('Save', app.formWith('What do you measure?'));
  await expect(app.row('Monthly visitors', app.card('Key results'))).toContainText('Achieved');
  await app.goTo('Objectives');
  await expect(row).toContainText('100%');
  await expectNoAxeViolations(page);
  expect(await app.stored()).toEqual(stored);
  // Only what was tried is taken back.
  await app.undo();
  await expect(row).toContainText('25%');
  await app.undo();
  await expect(row).toContainText('25%');
  await app.redo();
  await expect(row).toContainText('100%');

  await app.press('Forget it', banner);
  await expect(row).toContainText('25%');
  expect(await app.stored()).toEqual(stored);
  await app.reload();
  await expect(row).toContainText('25%');
  // What was done before is taken back as ever.
  await app.undo();
  await expect(row).toContainText('0%');
});

test('another tab’s edits wait behind a past day', async ({ app, context }) => {
  await app.open();
  await app.start();
  await app.goTo('Objectives');
  await app.choose('Look back', 'this page');
  const page = await context.newPage();
  const other = new Bearings(page);
  await other.open();
  await other.checkIn('Monthly visitors', '6k');
  await app.press('Back to today');
  await expect(app.row('Double our reach', app.card('Q4 2026'))).toContainText('50%');
});
