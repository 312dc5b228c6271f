import { expect, expectNoAxeViolations, test } from './support/fixtures.js';

const addresses = {
  'under a path': process.env.BEARINGS_URL,
  'at the root of a host': process.env.BEARINGS_ROOT_URL,
};

for (const [place, address] of Object.entries(addresses)) {
  test.describe(place, () => {
    if (address) test.use({ baseURL: address });

    test('the page opens', async ({ page }) => {
      await page.goto('./');
      await expect(page.getByRole('heading', { name: 'Bearings' }).first()).toBeVisible();
      await expectNoAxeViolations(page);
    });
  });
}

test('time stands where the tests put it', async ({ page }) => {
  await page.goto('./');
  const shown = await page.evaluate(() => new Date().toString());
  expect(shown).toContain('Sat Nov 21 2026 09:00');
});
