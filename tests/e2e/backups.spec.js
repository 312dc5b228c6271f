import { expect, expectNoAxeViolations, test } from './support/fixtures.js';
import { store } from './support/storage.js';

const SAMPLE = 'Sample: the glove makers';
const TODAY = '21 November 2026';

/** The page of plans, once a backup is listed that was made for this reason. */
async function plansWith(app, ...texts) {
  await app.goTo('Plans');
  for (const text of texts) await expect(app.row(text, app.card('Backups'))).toBeVisible();
  return app.card('Backups');
}

/** The backup that is made each day, once it is there. */
async function daily(app) {
  return plansWith(app, 'made for the day');
}

test('each day a backup is made, and restoring one can be undone', async ({ app }) => {
  await app.open();
  await app.goTo('Plans');
  await expect(app.card('Backups')).toContainText('None yet.');
  await app.goTo('Today');
  await app.start();
  const card = await daily(app);
  await expect(app.row('made for the day', card)).toContainText('1 objective, 0 KPIs · 2 KB');
  await expect(app.row('made for the day', card)).toContainText(TODAY);

  await app.goTo('Today');
  await app.checkIn('Monthly visitors', '5k');
  await app.goTo('Plans');
  await app.press('Compare', app.row('made for the day', card));
  await expect(app.row('made for the day', card).getByRole('status')).toHaveText('Added since: 1 check-in.');

  await app.press('Restore', app.row('made for the day', card));
  await expect(app.toast(`Restored as of ${TODAY}, 09:0`)).toBeVisible();
  await expect(app.row('before an earlier one was restored', card)).toBeVisible();
  await app.press('Compare', app.row('made for the day', card));
  await expect(app.row('made for the day', card).getByRole('status')).toContainText('Nothing differs');
  await app.goTo('Today');
  await expect(app.row('Double our reach')).toContainText('0%');

  await app.takeBack('Restored as of');
  await expect(app.row('Double our reach')).toContainText('25%');
  await app.reload();
  await expect(app.row('Double our reach')).toContainText('25%');

  // What was there before stays in reach when nothing offers to undo any more.
  await app.goTo('Plans');
  await app.press('Restore', app.row('made for the day', card));
  await expect(app.toast('Restored as of')).toBeVisible();
  await app.reload();
  await app.press('Restore', app.row('before an earlier one was restored', card));
  await app.goTo('Today');
  await expect(app.row('Double our reach')).toContainText('25%');
});

test('a day on which nothing changed makes no further backup', async ({ app, page }) => {
  await app.open();
  await app.start();
  const card = await daily(app);
  await page.clock.setSystemTime(new Date('2026-11-22T09:00:00+01:00'));
  await app.reload();
  await daily(app);
  await app.goTo('Today');
  await app.checkIn('Monthly visitors', '5k');
  await page.clock.setSystemTime(new Date('2026-11-23T09:00:00+01:00'));
  await app.reload();
  await app.goTo('Plans');
  await expect(app.row('23 November 2026', card)).toBeVisible();
  await expect(card.getByRole('listitem')).toHaveCount(2);
});

test('a deleted plan comes back after a reload, for thirty days', async ({ app, page }) => {
  await app.open();
  await app.start();
  await app.goTo('Plans');
  await app.choose('Delete', 'My plan', app.card('Your plans'));
  const gone = app.row('deleted, as of', app.card('Backups'));
  await expect(gone).toContainText('My plan');
  await expect(gone).toContainText('Until 21 December 2026 it can be brought back.');

  await app.reload();
  await app.press('Bring back', gone);
  await expect(app.toast('“My plan” is here and open.')).toBeVisible();
  await expect(app.card('Objectives on course')).toContainText('Double our reach');

  await app.goTo('Plans');
  await expect(app.row('before it was deleted', app.card('Backups'))).toBeVisible();
  await app.choose('Delete', 'My plan', app.card('Your plans'));
  await expect(gone).toBeVisible();
  await page.clock.setSystemTime(new Date('2026-12-21T09:00:00+01:00'));
  await app.reload();
  await expect(gone).toBeVisible();
  await page.clock.setSystemTime(new Date('2026-12-22T09:00:00+01:00'));
  await app.open();
  await app.lookAtSample();
  await app.goTo('Plans');
  await expect(app.row('made for the day', app.card('Backups'))).toBeVisible();
  await expect(gone).toHaveCount(0);
});

test('a plan that a file replaced can be brought back', async ({ app, elsewhere }) => {
  await elsewhere.open();
  await elsewhere.lookAtSample();
  const file = await elsewhere.saveAFile(SAMPLE);
  await app.open();
  await app.start();
  await app.goTo('Plans');
  await app.chooseFile(file);
  await app.press('Replace mine');
  await expect(app.toast('“My plan” replaced.')).toBeVisible();
  await app.goTo('Plans');
  const gone = app.row('replaced by a file', app.card('Backups'));
  await app.press('Bring back', gone);
  await expect(app.card('Objectives on course')).toContainText('Double our reach');
});

test('what is gone although nobody deleted it can be brought back', async ({ app, page }) => {
  await app.open();
  await app.start();
  await daily(app);
  await store(page, {});
  await app.reload();
  const gone = app.row('not in this browser any more', app.card('Backups'));
  await app.press('Bring back', gone);
  await expect(app.card('Objectives on course')).toContainText('Double our reach');
});

test('a backup is made by hand, compared, opened as a copy, saved as a file, deleted', async ({ app, page }) => {
  await app.open();
  await app.start();
  const card = await daily(app);
  await app.press('Back up now');
  const mine = app.row('you asked for it', card);
  const { name, text } = await app.download(
    app.button('Save a file', await app.menuOf(await mine.getByRole('heading').textContent(), mine)),
  );
  expect(name).toBe('My plan-2026-11-21.json');
  expect(JSON.parse(text).plan.objectives.map(({ title }) => title)).toEqual(['Double our reach']);

  await page.reload();
  await app.choose('Open as a copy', await mine.getByRole('heading').textContent(), mine);
  await expect(app.toast('“My plan (copy)” is here and open.')).toBeVisible();
  await app.goTo('Plans');
  await expect(app.title).toHaveText('Two plans in this browser.');
  await app.press('Open', app.row('1 objective, 0 KPIs', app.card('Your plans')));
  await app.goTo('Plans');
  await app.choose('Delete for good', await mine.getByRole('heading').textContent(), mine);
  await expect(mine).toHaveCount(0);
  await expect(app.row('made for the day', card)).toBeVisible();
});

test.describe('where IndexedDB is blocked', () => {
  test.beforeEach(async ({ page }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('denied', 'SecurityError');
      };
    });
  });

  test('the page works, and says so where backups are listed', async ({ app }) => {
    await app.open();
    await app.start();
    await app.checkIn('Monthly visitors', '5k');
    await expect(app.navigation).toContainText('Saved in this browser.');
    await app.goTo('Plans');
    await expect(app.card('Backups')).toContainText('This browser keeps no backups for the page');
    await app.press('Back up now');
    await app.choose('Delete', 'My plan', app.card('Your plans'));
    await app.takeBack('“My plan” deleted, without a backup.');
    await app.reload();
    await expect(app.row('My plan', app.card('Your plans'))).toContainText('1 objective, 0 KPIs');
    await expect(app.card('Backups')).toContainText('This browser keeps no backups for the page');
  });
});

test('where there is no room left, the oldest can make some', async ({ app, page }) => {
  await page.addInitScript(() => {
    const { put, delete: remove } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...given) {
      if (window.full) throw new DOMException('no room', 'QuotaExceededError');
      return put.apply(this, given);
    };
    IDBObjectStore.prototype.delete = function (...given) {
      window.full = false;
      return remove.apply(this, given);
    };
  });
  await app.open();
  await app.start();
  const card = await daily(app);
  await app.goTo('Today');
  await app.checkIn('Monthly visitors', '5k');
  await app.goTo('Plans');
  await app.press('Restore', app.row('made for the day', card));
  await expect(app.row('before an earlier one was restored', card)).toBeVisible();
  await page.evaluate(() => {
    window.full = true;
  });
  await expect(app.button('Drop oldest backups', card)).toHaveCount(0);
  await app.press('Back up now');
  await expect(card).toContainText('The last backup was not kept: there is no room left.');
  await app.goTo('Today');
  await app.goTo('Plans');
  await expect(card).toContainText('The last backup was not kept: there is no room left.');
  await app.press('Drop oldest backups');
  await expect(app.row('you asked for it', card)).toBeVisible();
  await expect(card).not.toContainText('there is no room left');
  await expect(app.button('Drop oldest backups', card)).toHaveCount(0);
  await expect(app.row('made for the day', card)).toHaveCount(0);
  await expect(app.row('before an earlier one was restored', card)).toBeVisible();
});

test('a visit with a clock that is years ahead leaves the backups of deleted plans', async ({ app, page }) => {
  await app.open();
  await app.start();
  await app.goTo('Plans');
  await app.choose('Delete', 'My plan', app.card('Your plans'));
  const gone = app.row('deleted, as of', app.card('Backups'));
  await expect(gone).toContainText('Until 21 December 2026');
  await app.goTo('Today');
  await page.clock.setSystemTime(new Date('2036-06-01T09:00:00+02:00'));
  await app.reload();
  await app.start({ objective: 'Rest well' });
  await app.goTo('Plans');
  await expect(app.row('made for the day', app.card('Backups'))).toBeVisible();
  await expect(gone).toBeVisible();
  await page.clock.setSystemTime(new Date('2026-11-21T12:00:00+01:00'));
  await app.reload();
  await expect(gone).toBeVisible();
  await app.press('Bring back', gone);
  await expect(app.card('Objectives on course')).toContainText('Double our reach');
});

test('a deletion waits for its backup, though not for long', async ({ app, page }) => {
  // IndexedDB that never answers.
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => new EventTarget();
  });
  await app.open();
  await app.start();
  await app.goTo('Plans');
  await app.choose('Delete', 'My plan', app.card('Your plans'));
  const snapshots = () =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('/plan/')).length);
  expect(await snapshots()).toBe(1);
  await page.clock.fastForward(3_000);
  await app.takeBack('“My plan” deleted, without a backup.');
  expect(await snapshots()).toBe(1);
});

test('the list is good for everybody: by day and by night, wide and narrow', async ({ app, page }) => {
  await app.open();
  await app.start();
  const card = await daily(app);
  for (let n = 1; n < 6; n += 1) {
    await app.press('Back up now');
    await expect(card.getByRole('heading', { level: 3, includeHidden: true })).toHaveCount(n + 1);
  }
  await card.getByText('Older backups').click();
  await app.press('Compare', app.row('made for the day', card));
  await expect(app.row('made for the day', card).getByRole('status')).not.toBeEmpty();
  await app.choose('Delete', 'My plan', app.card('Your plans'));
  await expect(app.row('deleted, as of', card)).toBeVisible();
  for (const [width, colorScheme] of [[320, 'dark'], [1280, 'light']]) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await app.expectNoSidewaysScroll();
    await expectNoAxeViolations(page, 'section[aria-labelledby=backups]');
  }
});
