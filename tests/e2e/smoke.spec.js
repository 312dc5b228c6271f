import { expect, expectNoAxeViolations, test } from './support/fixtures.js';

const addresses = {
  'under a path': process.env.BEARINGS_URL,
  'at the root of a host': process.env.BEARINGS_ROOT_URL,
};

for (const [place, address] of Object.entries(addresses)) {
  test.describe(place, () => {
    if (address) test.use({ baseURL: address });

    test('the page opens, and all its places and charts', async ({ app, page }) => {
      await app.open();
      await expect(app.title).toHaveText('Where do you want to be in three months?');
      await expectNoAxeViolations(page);
      await app.lookAtSample();
      await app.follow('Scrap rate');
      await app.chart('Scrap rate by month').drawn();
      await app.reload();
      await expect(app.title).toContainText('Scrap rate');
    });
  });
}

test('time stands where the tests put it', async ({ page }) => {
  await page.goto('./');
  const shown = await page.evaluate(() => new Date().toString());
  expect(shown).toContain('Sat Nov 21 2026 09:00');
});
