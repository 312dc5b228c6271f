// Names of any length and script: they break where there is no room, and turn nothing but themselves.
import { expect, test } from './support/fixtures.js';

const LONG = 'Donaudampfschiffahrtsgesellschaft'.repeat(9).slice(0, 299);
const UNIT = 'Kilowattstundenpreis';
const PLACES = ['/', '/objectives', '/kpis', '/plans', '/settings', '/check-in', '/review'];

/** Widths by which a page is wider than the window. */
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const width of [320, 1280]) {
  test(`a title, a cycle and a unit without a blank make no page wider than ${width} pixels`, async ({ app, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await app.open();
    await app.start({ objective: LONG, keyResult: LONG, unit: UNIT });
    await app.open('/kpis');
    await app.press('Add a KPI');
    await app.fill({ Name: LONG, Unit: UNIT, Target: 'no target', 'First reading': '2' });
    await app.press('Add KPI');
    const places = [...PLACES];
    for (const place of ['/objectives', '/kpis']) {
      await app.open(place);
      const href = await app.main.getByRole('link', { name: LONG }).first().getAttribute('href');
      places.push(href.slice(1));
    }
    for (const place of places) {
      await app.open(place);
      for (const folded of await app.main.locator('details > summary').all()) await folded.click().catch(() => {});
      expect(await overflow(page), place).toBeLessThanOrEqual(0);
    }
  });
}

test('a name from the right is isolated in answers and titles, and characters that turn are left out', async ({
  app, page,
}) => {
  await app.open('/kpis');
  await app.press('Add a KPI');
  await app.fill({ Name: '\u202e50% off', Target: 'no target' });
  await app.press('Add KPI');
  await expect(app.main.getByRole('link', { name: '50% off', exact: true })).toBeVisible();
  await app.open('/plans');
  await app.choose('Rename', 'My plan');
  await app.fill({ Name: 'مرحبا 50%' });
  await app.press('Save', app.formWith('Name'));
  await app.choose('Delete', '\u2068مرحبا 50%\u2069');
  await expect(app.toast('“\u2068مرحبا 50%\u2069” deleted.')).toBeVisible();
});

test('a name that cannot be seen is no name', async ({ app }) => {
  await app.open('/kpis');
  await app.press('Add a KPI');
  await app.fill({ Name: '\u200b\u2060', Target: 'no target' });
  await app.press('Add KPI');
  await expect(app.main).toContainText('Write something here first.');
});

test('a letter with an accent is found however it is encoded', async ({ app }) => {
  await app.open('/kpis');
  await app.press('Add a KPI');
  await app.fill({ Name: 'Cafe\u0301 revenue', Target: 'no target' });
  await app.press('Add KPI');
  await app.field('Find').fill('caf\u00e9');
  await expect(app.main.getByRole('link', { name: /revenue/ })).toBeVisible();
  await app.field('Find').fill('caf\u00e9s');
  await expect(app.main.getByRole('link', { name: /revenue/ })).toHaveCount(0);
});
