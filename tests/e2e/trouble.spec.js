// The app does not come, or stops: the page says so, and offers what helps.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from './support/fixtures.js';

test.use({ allowedTroubles: [[/./], { scope: 'test' }] });

const NOT_STARTED = 'Bearings could not start.';
const STOPPED = 'Bearings has stopped because of an error.';
const trouble = (page) => page.getByRole('alert');
/** Of both sentences in index.html only what is shown counts. */
const SHOWN = { useInnerText: true };
/** When the style shows it by itself. */
const OVERDUE = { ...SHOWN, timeout: 10_000 };

const faults = {
  'is not there': (route) => route.fulfill({ status: 404, body: 'not found' }),
  'is answered with a page': (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<!doctype html>' }),
  'is cut': async (route) => {
    const response = await route.fetch();
    const body = (await response.body()).subarray(0, 5_000);
    await route.fulfill({ status: 200, contentType: 'application/wasm', body });
  },
  'cannot be fetched': (route) => route.abort(),
  'never comes': () => {},
};

for (const [what, fault] of Object.entries(faults)) {
  test(`where the app ${what}, the page says so, saves raw data, and opens once it is there`, async ({ app, page }) => {
    await app.open();
    await app.start();
    const stored = await app.stored();
    await page.route(/bearings_bg.*\.wasm/, fault);
    // Before the style has come, nothing is hidden yet.
    await page.reload({ waitUntil: 'domcontentloaded' });
    await expect(trouble(page)).toContainText(NOT_STARTED, OVERDUE);
    await expect(trouble(page)).not.toContainText(STOPPED, SHOWN);
    const { name, text } = await app.download(app.button('Save raw data', trouble(page)));
    expect(name).toBe('bearings-raw-data.json');
    expect(JSON.parse(text)).toEqual(stored);
    // What hangs goes on hanging; what is asked for from now on comes.
    await page.route(/bearings_bg.*\.wasm/, (route) => route.continue());
    await trouble(page).getByRole('link', { name: 'Reload' }).click();
    await expect(app.row('Double our reach')).toBeVisible();
    await expect(trouble(page)).toHaveCount(0);
  });
}

test('where the first script does not come, the style alone shows it', async ({ app, page }) => {
  await page.route(/assets\/.*\.js/, (route) => route.abort());
  await page.goto('./', { waitUntil: 'commit' });
  await expect(trouble(page)).toContainText(NOT_STARTED, OVERDUE);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await trouble(page).getByRole('link', { name: 'Reload' }).click();
  await expect(app.title).toHaveText('Where do you want to be in three months?');
});

test('nothing is said before it is time, also where the reader wants no motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.route(/bearings_bg.*\.wasm/, () => {});
  await page.goto('./', { waitUntil: 'commit' });
  await expect(page.getByText('Taking your bearings…')).toBeVisible();
  await expect(trouble(page)).toHaveCount(0);
  await expect(trouble(page)).toContainText(NOT_STARTED, OVERDUE);
});

test('opened as a file, the page says what it needs', async ({ page }) => {
  await page.goto(pathToFileURL(resolve('dist/index.html')).href);
  await expect(trouble(page)).toContainText('If you opened it as a file, open it from a web server', OVERDUE);
});

test('a trap of the app is told on the page', async ({ app, page }) => {
  await app.open();
  await app.start();
  await expect(trouble(page)).toHaveCount(0);
  // As a panic ends: with the trap of an instruction that must not be reached.
  await page.evaluate(() => {
    const unreachable = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(unreachable)));
    queueMicrotask(() => exports.f());
  });
  await expect(trouble(page)).toContainText(STOPPED, SHOWN);
  await expect(trouble(page)).not.toContainText(NOT_STARTED, SHOWN);
  await trouble(page).getByRole('link', { name: 'Reload' }).click();
  await expect(app.row('Double our reach')).toBeVisible();
});

test('a part of the page that is gone after a deployment leads to a reload', async ({ app, page }) => {
  await page.route(/split_plans/, (route) => route.fulfill({ status: 404, body: 'not found' }));
  await page.goto('./#/plans');
  await expect(trouble(page)).toContainText('could not be fetched');
  await expect(app.button('Reload', trouble(page))).toHaveCount(0);
  await app.press('Try again', trouble(page));
  await expect(trouble(page)).toContainText('a newer Bearings was probably published');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await app.press('Reload', trouble(page));
  await expect(app.title).toHaveText('One plan in this browser.');
});
