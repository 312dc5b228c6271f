import { test } from './support/fixtures.js';
test('look', async ({ app, page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await app.open(); await app.lookAtSample(); await app.goTo('KPIs'); await app.follow('Scrap rate');
  const chart = app.chart('Scrap rate by month'); await chart.drawn();
  const shot = async (n) => { await page.waitForTimeout(800); await chart.canvas.screenshot({ path: `/tmp/e2e/${n}.png` }); console.log(n, await chart.picture()); };
  await shot('l1'); await page.emulateMedia({ colorScheme: 'dark' }); await shot('d'); await page.emulateMedia({ colorScheme: 'light' }); await shot('l2');
});
