import { expect, test } from './support/fixtures.js';

// A worker lives by the real clock.
test.use({ serviceWorkers: 'allow', now: null });

test('the page opens without a network once it has been there', async ({ app, page, context }) => {
  await app.open();
  await app.start();
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active.state !== 'activated') {
      await new Promise((changed) => active.addEventListener('statechange', changed, { once: true }));
    }
  });

  await context.setOffline(true);
  await page.goto('./?from=home-screen');
  await expect(app.row('Double our reach')).toBeVisible();
  await app.follow('Double our reach');
  await app.chart('Monthly visitors').drawn();
});
