// Local storage loses its last writes where the whole browser is killed: it is put back here to what it held before. What
// was saved since comes from the second copy.
import { expect, test } from './support/fixtures.js';
import { addKpi, listen, makeEdits, numbers, readingsOf } from './support/bursts.js';
import { loseWrites, secondCopy } from './support/storage.js';

const START = 'Where do you want to be in three months?';

/** Waits until the second copy has what local storage keeps of plans. */
async function copied(app) {
  const ofPlans = (texts) => Object.entries(texts).filter(([key]) => /\/(plan|j)\//.test(key)).sort();
  await expect.poll(async () => ofPlans(await secondCopy(app.page))).toEqual(ofPlans(await app.stored()));
}

test('what was saved since comes back, and is stored again', async ({ app, page }) => {
  await app.open();
  await app.start();
  await copied(app);
  const before = await app.stored();
  await app.checkIn('Monthly visitors', '5k');
  await copied(app);
  const after = await app.stored();

  await loseWrites(page, before);
  await app.reload();
  await expect(app.row('Double our reach')).toContainText('25%');
  await expect.poll(async () => Object.keys(await app.stored())).toEqual(expect.arrayContaining(Object.keys(after)));
  await app.reload();
  await expect(app.row('Double our reach')).toContainText('25%');
});

test('a plan of which nothing reached the disk comes back', async ({ app, page }) => {
  await app.open();
  await app.start();
  await app.checkIn('Monthly visitors', '5k');
  await copied(app);
  await loseWrites(page, {});
  await app.reload();
  await expect(app.row('Double our reach')).toContainText('25%');
  await app.reload();
  await expect(app.row('Double our reach')).toContainText('25%');
  await expect(app.warning).toHaveCount(0);
});

test('a long journal that was folded stays whole, whichever of both is behind', async ({ app, context, page }) => {
  test.setTimeout(120_000);
  await listen(context);
  await app.open();
  const address = await addKpi(app);
  await makeEdits(app, numbers(1, 210));
  await copied(app);
  const before = await app.stored();
  const journal = async () => Object.keys(await app.stored()).filter((key) => key.includes('/j/'));

  await app.reload();
  await expect.poll(journal).toEqual([]);
  await copied(app);
  await loseWrites(page, before);
  await app.open(address);
  await app.reload();
  await expect.poll(journal).toEqual([]);
  expect(await readingsOf(app)).toEqual(numbers(1, 210));
  await copied(app);
});

test('a plan that was deleted does not come back', async ({ app, page }) => {
  await app.open();
  await app.start();
  await copied(app);
  const before = await app.stored();
  await app.goTo('Plans');
  await app.choose('Delete', 'My plan');
  await expect(app.toast('“My plan” deleted.')).toBeVisible();
  await expect.poll(async () => Object.keys(await secondCopy(page)).filter((key) => key.includes('/plan/'))).toEqual([]);

  await loseWrites(page, before);
  await app.open('/');
  await app.reload();
  await expect(app.title).toHaveText(START);
  await expect.poll(async () => Object.keys(await app.stored()).filter((key) => /\/(plan|j)\//.test(key))).toEqual([]);
  await app.reload();
  await expect(app.title).toHaveText(START);
});
