import { expect, expectNoAxeViolations, test } from './support/fixtures.js';
import { forgetSecondCopy } from './support/storage.js';

/** Fills the storage, all but so many characters of it. */
async function fillUp(page, leave = 0) {
  await page.evaluate((spare) => {
    const key = 'another page of this host';
    let text = '';
    for (let size = 2 ** 22; size >= 1; size /= 2) {
      for (;;) {
        try {
          localStorage.setItem(key, text + 'x'.repeat(size));
          text += 'x'.repeat(size);
        } catch {
          break;
        }
      }
    }
    localStorage.setItem(key, text.slice(spare));
  }, leave);
}

const keysOf = (page, part) => page.evaluate((it) => Object.keys(localStorage).filter((key) => key.includes(it)), part);

test('the list says what is in each plan, how large it is and when it changed', async ({ app, page }) => {
  await app.open();
  await app.start();
  await app.goTo('Plans');
  const shelf = app.card('Your plans');
  await expect(app.row('My plan', shelf)).toContainText(/open now · 1 objective, 0 KPIs · \d+\sKB · changed today/);
  await app.press('Look at the sample');
  await app.goTo('Plans');
  await expect(app.row('My plan', shelf)).toContainText(/1 objective, 0 KPIs · \d+\sKB · changed today/);
  // What was looked at once need not be opened again.
  expect(await keysOf(page, '/about')).toHaveLength(1);
  await page.clock.setFixedTime('2026-11-22T09:00:00');
  await app.reload();
  await expect(app.row('My plan', shelf)).toContainText('changed yesterday');
  await expectNoAxeViolations(page);
});

test('a plan whose label is right but whose text is damaged is told apart once it is opened', async ({ app, page }) => {
  await app.open();
  await app.start();
  await app.goTo('Plans');
  await app.press('Look at the sample');
  await app.goTo('Plans');
  const shelf = app.card('Your plans');
  await expect(app.row('My plan', shelf)).toContainText('1 objective');
  await page.evaluate(() => {
    const label = Object.keys(localStorage).find((key) => key.endsWith('/about'));
    const plan = label.replace(/about$/, 'plan');
    const snapshot = Object.keys(localStorage).find((key) => key.startsWith(plan));
    localStorage.setItem(snapshot, localStorage.getItem(snapshot).replace('My plan', 'My plum'));
  });
  await app.press('Open', app.row('My plan', shelf));
  await expect(app.row('cannot be read', shelf)).toBeVisible();
  const { text } = await app.download(app.button('Save raw data', shelf));
  expect(text).toContain('My plum');
});

test('a plan is duplicated with its history, and without', async ({ app }) => {
  await app.open();
  await app.start();
  await app.checkIn('Monthly visitors', '5k');
  await app.goTo('Plans');
  const shelf = app.card('Your plans');
  await app.choose('Duplicate', 'My plan', shelf);
  await expect(app.toast('“My plan (copy)” is here.')).toBeVisible();
  await expect(app.title).toHaveText('Two plans in this browser.');
  await app.press('Open', app.row('My plan (copy)', shelf));
  await expect(app.row('Double our reach')).toContainText('25%');

  await app.goTo('Plans');
  await app.choose('Duplicate without history', 'My plan (copy)', shelf);
  await expect(app.title).toHaveText('Three plans in this browser.');
  await app.press('Open', app.row('My plan (copy) (copy)', shelf));
  await expect(app.card('Due now')).toContainText('Monthly visitors');
  const { text } = await app.saveAFile('My plan (copy) (copy)');
  const { plan } = JSON.parse(text);
  expect(plan.key_results[0].check_ins).toBeUndefined();
  expect(plan.deleted).toBeUndefined();
});

test('damaged pieces are counted, saved as a file and removed', async ({ app, page }) => {
  await app.open();
  await app.start();
  await app.checkIn('Monthly visitors', '5k');
  await page.evaluate(() => {
    const records = Object.keys(localStorage).filter((key) => key.includes('/j/')).sort();
    localStorage.setItem(records.at(-1), localStorage.getItem(records.at(-1)).replace('5000', '5001'));
  });
  // The second copy would mend it.
  await forgetSecondCopy(page);
  await app.reload();
  await expect(app.warning).toContainText('Part of your plan could not be read.');
  await app.warning.getByRole('link', { name: 'Plans' }).click();
  const card = app.card('Damaged pieces');
  await expect(card).toContainText('1 piece of “My plan” could not be read.');
  await expectNoAxeViolations(page);
  const { text } = await app.download(app.button('Save them as a file', card));
  expect(text).toContain('5001');
  await app.press('Remove them', card);
  await app.press('Cancel', card);
  await app.press('Remove them', card);
  await app.press('Remove them for good', card);
  await expect(card).toHaveCount(0);
  await expect(app.warning).toHaveCount(0);
  await app.reload();
  await expect(app.warning).toHaveCount(0);
  await app.goTo('Today');
  await expect(app.row('Double our reach')).toBeVisible();
});

test('the gauge says how much room is used, and warns in time', async ({ app, page }) => {
  await app.open();
  await app.start();
  await app.goTo('Plans');
  const card = app.card('Room in this browser');
  await expect(card).toContainText('0% of about 5,200,000 characters');
  await expect(card.getByRole('meter')).toHaveAccessibleName('Room that is used');
  await expect(card).toContainText(/This browser (promised to keep it|may clear it when space is short)\./);
  await page.evaluate(() => localStorage.setItem('another page of this host', 'x'.repeat(4_500_000)));
  await app.choose('Duplicate', 'My plan', app.card('Your plans'));
  await expect(card).toContainText('87% of about 5,200,000 characters');
  await app.reload();
  const crowded = app.main.getByRole('status').filter({ hasText: 'nearly full' });
  await expect(crowded).toBeVisible();
  await expect(crowded.getByRole('link', { name: 'Plans' })).toBeVisible();
  await expectNoAxeViolations(page);
});

test('a full storage: making room saves what was refused', async ({ app, page }) => {
  await app.open();
  await app.start();
  await app.goTo('Plans');
  let name = 'My plan';
  for (let n = 0; n < 12; n += 1) {
    await app.choose('Rename', name, app.card('Your plans'));
    name = `Plan number ${n}`;
    await app.fill({ Name: name });
    await app.press('Save');
    await expect(app.row(name, app.card('Your plans'))).toBeVisible();
  }
  await fillUp(page, 250);
  await app.goTo('Today');
  await app.checkIn('Monthly visitors', '5k');
  await expect(app.warning).toContainText('its storage is full');
  await expect(app.warning.getByRole('link', { name: 'Plans' })).toBeVisible();
  await expectNoAxeViolations(page);
  const before = (await keysOf(page, '/j/')).length;
  await app.press('Make room', app.warning);
  await expect(app.warning).toHaveCount(0);
  expect((await keysOf(page, '/j/')).length).toBeLessThan(before);
  await app.reload();
  await expect(app.row('Double our reach')).toContainText('25%');
});

test('what was refused is tried again by itself', async ({ app, page }) => {
  await app.open();
  await app.start();
  await fillUp(page);
  await app.checkIn('Monthly visitors', '5k');
  await expect(app.button('Make room', app.warning)).toBeVisible();
  await page.evaluate(() => localStorage.removeItem('another page of this host'));
  await page.clock.fastForward(10_000);
  await expect(app.warning).toHaveCount(0);

  // Another tab frees room.
  await fillUp(page);
  await app.goTo('Objectives');
  await app.press('Add an objective');
  await app.fill({ 'Where do you want to go?': 'Rest well' });
  await app.press('Add objective');
  await expect(app.warning).toContainText('its storage is full');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.evaluate(() => localStorage.removeItem('another page of this host'));
  await expect(app.warning).toHaveCount(0);
  await app.reload();
  await expect(app.title).toContainText('Rest well');
});
