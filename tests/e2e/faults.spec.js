// What is stored is damaged, deleted, written by a newer version, or by another tab: the page opens, says so, and
// loses nothing that it can keep.
import { expect, test } from './support/fixtures.js';
import { addKpi, listen, makeEdits, numbers, readingsOf } from './support/bursts.js';
import { Bearings } from './support/pages.js';
import { damages, fillUp, forgetSecondCopy, makeRoom, store } from './support/storage.js';

const UNREAD = 'Part of your plan could not be read. Nothing was overwritten.';
const NEWER = 'A newer version of Bearings is in use here. This tab only shows your plan and writes nothing.';
const START = 'Where do you want to be in three months?';

/** A further tab of the same browser. */
async function beside(app, place) {
  const tab = new Bearings(await app.page.context().newPage());
  await tab.open(place);
  return tab;
}

async function rename(app, to, from = 'My plan') {
  await app.choose('Rename', from);
  await app.fill({ Name: to });
  await app.press('Save', app.formWith('Name'));
  await expect(app.row(to, app.card('Your plans'))).toBeVisible();
}

/** The plans of which a snapshot is stored. */
async function storedPlans(app) {
  const keys = Object.keys(await app.stored());
  return new Set(keys.map((key) => key.match(/^bearings\/([^/]+)\/plan\//)?.[1]).filter(Boolean));
}

test.describe('a stored text that is damaged:', () => {
  /** A plan with a snapshot and three records, and what Today shows of each. */
  async function build(app) {
    await app.open();
    await app.start();
    await app.checkIn('Monthly visitors', '5k');
    await app.open('/kpis');
    await app.press('Add a KPI');
    await app.fill({ Name: 'Scrap rate', Target: 'no target', 'First reading': '2' });
    await app.press('Add KPI');
    await app.goTo('Plans');
    await rename(app, 'Our plan');
    await app.saveAFile('Our plan');
    await app.goTo('Today');
    const stored = await app.stored();
    const keys = Object.keys(stored);
    const [snapshot] = keys.filter((key) => key.includes('/plan/'));
    const records = keys.filter((key) => key.includes('/j/'));
    expect([keys.length, records.length, Boolean(snapshot)]).toEqual([7, 3, true]);
    return { stored, snapshot, records, others: keys.filter((key) => key !== snapshot && !records.includes(key)) };
  }

  /** What Today shows of the three records: the check-in, the KPI, the new name. */
  const shows = (app) => [app.card('Lately').getByText('5,000'), app.main.getByText('Scrap rate').first(),
    app.navigation.getByText('Our plan')];

  async function opensWith(app, texts) {
    await store(app.page, texts);
    await app.reload();
  }

  /** A further edit, and another look. */
  async function goesOn(app) {
    await app.goTo('KPIs');
    await app.button('Add a KPI').first().click();
    await app.fill({ Name: 'Later on', Target: 'no target' });
    await app.press('Add KPI');
    await expect(app.toast('KPI added.')).toBeVisible();
    await app.reload();
    await expect(app.main).toContainText('Later on');
  }

  /** What must not have changed: everything but the damaged plan's own shelf mark. */
  async function expectUntouched(app, texts) {
    const now = await app.stored();
    for (const [key, text] of Object.entries(texts)) {
      if (key !== 'bearings/current') expect(now[key] ?? null, key).toBe(text);
    }
  }

  for (const [what, damage] of Object.entries(damages)) {
    test(`${what}: the page opens with what is left, and the text stays as it is`, async ({ app }) => {
      test.setTimeout(90_000);
      const { stored, snapshot, records, others } = await build(app);
      const isGone = damage('text') === null;

      for (const [at, key] of records.entries()) {
        const texts = { ...stored, [key]: damage(stored[key]) };
        await opensWith(app, texts);
        for (const [n, shown] of shows(app).entries()) await expect(shown, key).toHaveCount(n === at ? 0 : 1);
        // Nobody can tell that a record was there.
        if (isGone) await expect(app.warning).toHaveCount(0);
        else await expect(app.warning).toContainText(UNREAD);
        await goesOn(app);
        await expectUntouched(app, texts);
        await app.goTo('Today');
      }

      const texts = { ...stored, [snapshot]: damage(stored[snapshot]) };
      await opensWith(app, texts);
      await expect(app.title).toHaveText(START);
      await expect(app.warning).toContainText(UNREAD);
      await app.warning.getByRole('link', { name: 'Plans' }).click();
      const row = app.row('cannot be read', app.card('Your plans'));
      await expect(row).toContainText('It stays untouched.');
      const { text } = await app.download(app.button('Save raw data', row));
      for (const key of records) expect(text).toContain(stored[key]);
      await goesOn(app);
      await expectUntouched(app, texts);
      await app.goTo('Plans');
      await expect(app.row('cannot be read', app.card('Your plans'))).toBeVisible();
      await app.goTo('Today');

      // What lies beside the plans: the version, which plan is open, the day of the last file.
      for (const key of others) {
        await opensWith(app, { ...stored, [key]: damage(stored[key]) });
        for (const shown of shows(app)) await expect(shown, key).toHaveCount(1);
        await expect(app.warning).toHaveCount(0);
      }
    });
  }

  test('a long journal is tidied up around it, and stays as it is while there is no room', async ({
    app, context, page,
  }) => {
    test.setTimeout(60_000);
    await listen(context);
    await app.open();
    const address = await addKpi(app);
    await makeEdits(app, numbers(1, 210));
    const before = await app.stored();
    const records = Object.keys(before).filter((key) => key.includes('/j/')).sort();
    const [damaged, text] = [records[99], damages['one bit is flipped'](before[records[99]])];
    await page.evaluate(([key, broken]) => localStorage.setItem(key, broken), [damaged, text]);
    await forgetSecondCopy(page);
    const lost = Number(before[damaged].match(/"value":"?(\d+)/)[1]);
    const left = numbers(1, 210).filter((n) => n !== lost);
    expect(left.length).toBe(209);

    await fillUp(page);
    await app.open(address);
    await app.reload();
    await expect(app.warning).toContainText(UNREAD);
    expect(await readingsOf(app)).toEqual(left);
    const full = await app.stored();
    expect(Object.keys(full).filter((key) => key.includes('/j/')).sort()).toEqual(records);

    await makeRoom(page);
    for (let visits = 0; visits < 2; visits += 1) {
      await app.reload();
      await expect(app.warning).toContainText(UNREAD);
      expect(await readingsOf(app)).toEqual(left);
      const journal = async () => Object.keys(await app.stored()).filter((key) => key.includes('/j/'));
      await expect.poll(journal).toEqual([damaged]);
      expect((await app.stored())[damaged]).toBe(text);
    }
  });
});

test.describe('where a newer version writes', () => {
  const newer = (app) => app.page.evaluate(() => localStorage.setItem('bearings/version', '99'));

  /** Whatever is tried, nothing is written. */
  async function expectReadOnly(app) {
    await expect(app.warning).toContainText(NEWER);
    await expect(app.navigation).toContainText('Not saved.');
    const stored = await app.stored();
    await app.goTo('KPIs');
    await app.button('Add a KPI').first().click();
    await app.fill({ Name: 'Scrap rate', Target: 'no target' });
    await app.press('Add KPI');
    await expect(app.toast('KPI added.')).toHaveCount(0);
    await app.undo();
    await app.goTo('Plans');
    await app.press('Look at the sample');
    await expect(app.warning).toContainText(NEWER);
    await app.goTo('Plans');
    await app.choose('Delete', await app.navigation.locator('b').textContent());
    await expect(app.toast('deleted.')).toHaveCount(0);
    expect(await app.stored()).toEqual(stored);
    return stored;
  }

  test('a tab that is open turns read-only, says why, and writes nothing', async ({ app }) => {
    await app.open();
    await app.start();
    const other = await beside(app);
    await newer(other);
    await expect(app.warning).toContainText(NEWER);
    await expect(app.row('Double our reach')).toBeVisible();
    const stored = await expectReadOnly(app);
    await app.press('Reload', app.warning);
    await expect(app.warning).toContainText(NEWER);
    expect(await app.stored()).toEqual(stored);
  });

  test('a page that opens is read-only from the start, and goes on where the version is its own again', async ({
    app, page,
  }) => {
    await app.open();
    await app.start();
    await newer(app);
    await app.reload();
    await expectReadOnly(app);
    await page.evaluate(() => localStorage.setItem('bearings/version', '2'));
    await app.press('Reload', app.warning);
    await expect(app.warning).toHaveCount(0);
    await app.goTo('Today');
    await app.checkIn('Monthly visitors', '5k');
    await app.reload();
    await expect(app.row('Double our reach')).toContainText('25%');
  });
});

test.describe('undo', () => {
  test('and redo outlive a reload', async ({ app }) => {
    await app.open();
    await app.start();
    await app.checkIn('Monthly visitors', '4.5k');
    await app.goTo('KPIs');
    await app.press('Add a KPI');
    await app.fill({ Name: 'Scrap rate', Target: 'no target' });
    await app.press('Add KPI');
    await expect(app.toast('KPI added.')).toBeVisible();
    await app.goTo('Plans');
    await rename(app, 'Our plan');
    await app.goTo('Today');

    const name = app.navigation.locator('b');
    const expectSteps = async (made) => {
      await expect(name).toHaveText(made > 2 ? 'Our plan' : 'My plan');
      await expect(app.main.getByText('Scrap rate').first()).toBeVisible({ visible: made > 1 });
      await expect(app.card('Lately').getByText('4,500')).toHaveCount(made > 0 ? 1 : 0);
    };
    await app.reload();
    await expectSteps(3);
    for (const left of [2, 1, 0]) {
      await app.undo();
      await expectSteps(left);
    }
    await app.reload();
    await expectSteps(0);
    for (const made of [1, 2, 3]) {
      await app.redo();
      await expectSteps(made);
    }
    await expect(app.button('Nothing to redo', app.navigation)).toBeDisabled();
    await app.undo();
    await app.reload();
    await expectSteps(2);
    await app.redo();
    await app.reload();
    await expectSteps(3);
  });

  test('takes back at once what was edited in one field quickly', async ({ app, page }) => {
    await app.open();
    await app.start();
    await app.goTo('Plans');
    await page.clock.setFixedTime('2026-11-21T10:00:00+01:00');
    await rename(app, 'Our');
    await rename(app, 'Our plan', 'Our');
    await page.clock.setFixedTime('2026-11-21T10:00:03+01:00');
    await rename(app, 'Our good plan', 'Our plan');
    const name = app.navigation.locator('b');
    await app.reload();
    for (const before of ['Our plan', 'My plan']) {
      await app.undo();
      await expect(name).toHaveText(before);
    }
    for (const after of ['Our plan', 'Our good plan']) {
      await app.redo();
      await expect(name).toHaveText(after);
    }
  });
});

test.describe('another tab', () => {
  test('that deletes the plan is told of, and the next edit stores the plan again', async ({ app }) => {
    await app.open();
    await app.start();
    const other = await beside(app, '/plans');
    await other.choose('Delete', 'My plan');
    await expect(other.toast('“My plan” deleted.')).toBeVisible();
    expect(await storedPlans(other)).toEqual(new Set());
    await expect(app.toast('“My plan” was deleted in another tab.')).toBeVisible();
    await expect(app.row('Double our reach')).toBeVisible();
    await expect(app.navigation).not.toContainText('Saved in this browser.');

    await app.checkIn('Monthly visitors', '5k');
    await expect(app.navigation).toContainText('Saved in this browser.');
    await expect(other.row('My plan', other.card('Your plans'))).toContainText('open now · 1 objective');
    for (const tab of [app, other]) {
      await tab.open();
      await tab.reload();
      await expect(tab.warning).toHaveCount(0);
      await expect(tab.row('Double our reach')).toContainText('25%');
    }
  });

  test('that has deleted the plan is told of also where the news comes late', async ({ app, page }) => {
    await app.open();
    await app.start();
    // As where a browser tells of the first step of a deletion after its last one.
    await page.evaluate(() => {
      const [key] = Object.keys(localStorage).filter((one) => one.includes('/plan/'));
      localStorage.removeItem(key);
      dispatchEvent(new StorageEvent('storage', { key: key.replace(/plan\/.*/, 'gone'), newValue: '' }));
    });
    await expect(app.toast('“My plan” was deleted in another tab.')).toBeVisible();
    await app.checkIn('Monthly visitors', '5k');
    await app.reload();
    await expect(app.row('Double our reach')).toContainText('25%');
  });

  test('that is on its first visit too shows the plan that is begun here', async ({ app }) => {
    await app.open();
    const other = await beside(app);
    await expect(other.title).toHaveText(START);
    await app.start();
    await expect(other.card('Objectives on course')).toContainText('Double our reach');
    await other.checkIn('Monthly visitors', '5k');
    await expect(app.row('Double our reach')).toContainText('25%');
    expect((await storedPlans(app)).size).toBe(1);
    for (const tab of [app, other]) {
      await tab.reload();
      await expect(tab.row('Double our reach')).toContainText('25%');
    }
    await app.goTo('Plans');
    await expect(app.title).toHaveText('One plan in this browser.');
  });
});
