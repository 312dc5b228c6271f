import { expect, test } from './support/fixtures.js';

// A worker lives by the real clock.
test.use({ serviceWorkers: 'allow', now: null });

test('the page opens without a network once it has been there', async ({ page, context }) => {
  await page.goto('./');
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active.state !== 'activated') {
      await new Promise((changed) => active.addEventListener('statechange', changed, { once: true }));
    }
  });

  await context.setOffline(true);
  await page.goto('./?from=home-screen');
  await expect(page.getByRole('heading', { name: 'Bearings' }).first()).toBeVisible();
  await expect(page.locator('main[aria-busy]')).toHaveCount(0);
});
