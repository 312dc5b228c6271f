import { expect, test } from './support/fixtures.js';

// The scope keeps Playwright from taking the list itself for a value with its options.
test.use({ allowedTroubles: [[/split_(plans|save)|later/, /ERR_FAILED/, /Failed to fetch/], { scope: 'test' }] });

test('a page that cannot be fetched says so, and is there once it can be', async ({ app, page }) => {
  await page.route(/split_plans/, (route) => route.abort());
  await page.goto('./#/plans');
  const missing = page.getByRole('alert');
  await expect(missing).toContainText('could not be fetched');
  await page.unroute(/split_plans/);
  await missing.getByRole('button', { name: 'Try again' }).click();
  await expect(app.title).toHaveText('One plan in this browser.');
  await expect(missing).toBeHidden();
});

test('further pages are fetched before they are asked for', async ({ app, page }) => {
  const asked = new Set();
  page.on('request', (request) => asked.add(request.url()));
  await app.open();
  const names = ['objectives', 'review', 'kpis', 'plans', 'charts'];
  const fetched = () => names.filter((name) => [...asked].some((url) => url.includes(`split_${name}-`)));
  await expect.poll(fetched).toEqual(names);
});

test('what saves comes after the first screen; where it does not come, nothing typed is lost', async ({ app, page }) => {
  await app.open();
  await app.lookAtSample();
  await page.route(/split_save/, (route) => route.abort());
  await app.reload();
  const due = app.card('Due now');
  const value = due.getByRole('textbox', { name: 'Resting heart rate' });
  await value.fill('55');
  await value.press('Enter');
  await expect(due).toContainText('could not be fetched');
  await expect(value).toHaveValue('55');

  await page.unroute(/split_save/);
  await value.press('Enter');
  await expect(value).toBeHidden();
  await app.takeBack('Reading');
  await expect(value).toBeVisible();
});

test('what comes after the first screen comes to a page that is never idle, too', async ({ app, page }) => {
  await page.addInitScript(() => {
    window.requestIdleCallback = (callback, options) => (options?.timeout ? setTimeout(callback, options.timeout) : 0);
  });
  await app.open();
  await app.lookAtSample();
  await expect(app.main.locator('.kpi', { hasText: 'Scrap rate' })).toContainText('on the month before');
});

const laterStyle = (page) => page.locator('link[rel=stylesheet][href*=later]');

function expectLaterStyle(page) {
  return expect.poll(() => laterStyle(page).evaluateAll((links) => links.map(({ sheet }) => !!sheet))).toEqual([true]);
}

/** When the browser is idle: never, or so many milliseconds after somebody waits for it. */
function idle(page, millis) {
  return page.addInitScript((millis) => {
    window.requestIdleCallback = (callback) => (millis === null ? 0 : setTimeout(callback, millis));
  }, millis);
}

test('a page whose style cannot be fetched says so, and is there once it can be', async ({ app, page }) => {
  await idle(page, null);
  await page.route(/later-.*css/, (route) => route.abort());
  await page.goto('./#/plans');
  const missing = page.getByRole('alert');
  await expect(missing).toContainText('could not be fetched');
  await expect(app.title).toHaveCount(0);
  await page.unroute(/later-.*css/);
  await missing.getByRole('button', { name: 'Try again' }).click();
  await expect(app.title).toHaveText('One plan in this browser.');
  await expectLaterStyle(page);
});

test('a page whose style came by itself after it was missing is there when it is asked for again', async ({ app, page }) => {
  await idle(page, 1_500);
  await page.route(/later-.*css/, (route) => route.abort(), { times: 1 });
  await page.goto('./#/plans');
  const missing = page.getByRole('alert');
  await expect(missing).toContainText('could not be fetched');
  await expectLaterStyle(page);
  await missing.getByRole('button', { name: 'Try again' }).click();
  await expect(app.title).toHaveText('One plan in this browser.');
});

/** How each element of the page looks. */
function looks(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('body, body *')].map((element) => {
      const style = getComputedStyle(element);
      const told = [...style].map((name) => `${name}: ${style.getPropertyValue(name)}`).join('; ');
      return `${element.outerHTML.slice(0, 80)} ${told}`;
    }),
  );
}

for (const width of [1440, 390]) {
  test(`the first screens at ${width} px look the same before the style of the others comes`, async ({ app, page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    const turn = (off) => laterStyle(page).evaluate((link, off) => (link.sheet.disabled = off), off);
    const expectTheSame = async () => {
      await expectLaterStyle(page);
      const both = await looks(page);
      await turn(true);
      expect(await looks(page)).toEqual(both);
      await turn(false);
    };
    await app.open();
    await expectTheSame();
    await app.lookAtSample();
    await expect(app.main.locator('.kpi', { hasText: 'Scrap rate' })).toContainText('on the month before');
    await expectTheSame();
  });
}
