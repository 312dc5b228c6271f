import { expect, expectNoAxeViolations, test } from './support/fixtures.js';

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 320, height: 640 };

// What moves would be judged half-way.
test.use({ contextOptions: { reducedMotion: 'reduce' } });
// To look at every element takes its time, twice for every state of a page.
test.describe.configure({ timeout: 90_000 });

/** Good for everybody: at a desk by day and on the smallest phone by night. */
async function expectGood(app) {
  const { page } = app;
  await page.setViewportSize(NARROW);
  await page.emulateMedia({ colorScheme: 'dark' });
  await app.expectNoSidewaysScroll();
  await expectNoAxeViolations(page);
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
  await app.expectNoSidewaysScroll();
  await expectNoAxeViolations(page);
}

for (const [place, title] of [
  ['', 'Where do you want to be in three months?'],
  ['/objectives', 'No objectives yet.'],
  ['/kpis', 'No instruments yet.'],
  ['/plans', 'One plan in this browser.'],
  ['/nowhere', 'There is nothing here (any more).'],
]) {
  test(`an empty plan at #${place} is good`, async ({ app }) => {
    await app.open(place);
    await expect(app.title).toHaveText(title);
    await expectGood(app);
  });
}

test.describe('with the sample plan,', () => {
  test.beforeEach(async ({ app }) => {
    await app.open();
    await app.lookAtSample();
  });

  for (const place of ['Today', 'Objectives', 'KPIs', 'Plans']) {
    test(`${place} is good`, async ({ app }) => {
      await app.goTo(place);
      await expectGood(app);
    });
  }

  test('an objective is good, with its charts and their tables', async ({ app }) => {
    await app.goTo('Objectives');
    await app.follow('Turn the landing page into qualified demand');
    const chart = app.chart('Monthly visitors');
    await chart.drawn();
    await chart.table();
    await app.main.getByText('How each number is made').click();
    await expectGood(app);
  });

  test('a KPI is good, with its chart and its table', async ({ app }) => {
    await app.goTo('KPIs');
    await app.follow('Scrap rate');
    const chart = app.chart('Scrap rate by month');
    await chart.drawn();
    await chart.table();
    await app.main.getByText('For another day, or with a note').click();
    await expectGood(app);
  });

  test('what opens on Objectives is good', async ({ app, page }) => {
    await app.goTo('Objectives');
    await app.menuOf('Ship gloves that nobody sends back');
    await expectNoAxeViolations(page);
    await page.keyboard.press('Escape');
    await app.press('Add an objective');
    await app.fill({ Owner: 'New person …' });
    await app.press('Add objective');
    await app.expectSaid('Where do you want to go?', 'Write something here first.');
    await expectGood(app);
    await app.press('Add a cycle');
    await expectGood(app);
    await app.press('Cancel');
    await app.choose('Edit', 'This quarter');
    await expectGood(app);
  });

  test('what opens on an objective is good', async ({ app, page }) => {
    await app.goTo('Objectives');
    await app.follow('Ship gloves that nobody sends back');
    await app.menuOf('this objective');
    await expectNoAxeViolations(page);
    await page.keyboard.press('Escape');
    await app.press('Edit title');
    await app.button('Edit check-in of 20 Nov').first().click();
    await app.choose('Edit', 'Scrap rate');
    await app.press('Add a key result');
    await expectGood(app);
    const form = app.formWith('Steps');
    await app.main.getByLabel('Kind', { exact: true }).last().selectOption('Milestones');
    await app.press('Add key result', form);
    await expectGood(app);
  });

  test('what opens on KPIs is good', async ({ app }) => {
    await app.goTo('KPIs');
    await app.press('Add a KPI');
    await app.fill({ Target: 'between' });
    await app.press('Add KPI');
    await app.expectSaid('Name', 'Write something here first.');
    await expectGood(app);
    await app.press('Cancel');

    await app.follow('Scrap rate');
    await app.chart('Scrap rate by month').drawn();
    await app.press('Edit Scrap rate');
    await app.press('Edit reading of 16 Nov');
    await expectGood(app);
  });

  test('what opens on Plans is good, and so are files, good and bad', async ({ app }) => {
    const { text } = await app.saveAFile('Sample: the glove makers');
    await app.chooseFile({ name: 'good.json', text });
    await app.choose('Rename', 'Sample: the glove makers');
    await expectGood(app);
    await app.press('Cancel', app.card('good.json'));
    await app.chooseFile({ name: 'bad.json', text: text.replaceAll('"2026-11-20"', '"2026-11-31"') });
    await expect(app.warning).toContainText('problems');
    await expectGood(app);
  });
});

test('errors, notes and answers on the first pages are good', async ({ app }) => {
  await app.open();
  await app.fill({ Now: 'many', Target: '8k' });
  await app.press('Set this course');
  await app.expectSaid('Now', '“many” is not part of a number. Try 4000, 4k or +5.');
  await expectGood(app);

  await app.start();
  await app.press('note', app.card('Due now'));
  await app.fill({ 'Monthly visitors': 'few' }, app.card('Due now'));
  await app.press('Save Monthly visitors');
  await expectGood(app);
  await app.checkIn('Monthly visitors', '5k');
  await expect(app.main).toContainText('Only in this browser.');
  await expectGood(app);
});

test('a warning is good', async ({ app, page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await app.open();
  await app.start();
  await expect(app.warning).toContainText('its storage is full');
  await expectGood(app);
});

test('the first Tab offers to skip the navigation', async ({ app, page }) => {
  await app.open();
  const skip = page.getByRole('button', { name: 'Skip to content' });
  await expect(skip).not.toBeInViewport();
  await page.keyboard.press('Tab');
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(app.main).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(app.field('Where do you want to go?')).toBeFocused();
});

for (const viewport of [WIDE, NARROW]) {
  const title = `at ${viewport.width} pixels, Tab goes through Today in the order of reading, and is always seen`;
  test(title, async ({ app, page }) => {
    await page.setViewportSize(viewport);
    await app.open();
    await app.lookAtSample();
    await page.getByRole('button', { name: 'Skip to content' }).focus();
    await page.keyboard.press('Enter');
    await expect(app.main).toBeFocused();

    const stops = [];
    for (;;) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element.closest('main')) return undefined;
        const { x, y, width, height } = element.getBoundingClientRect();
        const top = document.elementFromPoint(x + width / 2, y + height / 2);
        const outlines = [undefined, '::after'].map((part) => getComputedStyle(element, part));
        return {
          name: element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.textContent,
          order: [...document.querySelectorAll('main *')].indexOf(element),
          isOnTop: element.contains(top) || Boolean(top?.contains(element)),
          isSeen: outlines.some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && outlineWidth !== '0px'),
        };
      });
      if (!stop) break;
      stops.push(stop);
    }
    expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
    expect(stops.filter(({ isOnTop }) => !isOnTop)).toEqual([]);
    expect(stops.map(({ order }) => order)).toEqual(stops.map(({ order }) => order).toSorted((a, b) => a - b));
    const names = stops.map(({ name }) => name);
    expect(names.slice(0, 4)).toEqual([
      'Start mine',
      'Grow annual revenue by a fifth',
      'Turn the landing page into qualified demand',
      'Ship gloves that nobody sends back',
    ]);
    const cards = ['Trial subscriptions', 'Resting heart rate', 'Scrap rate', 'Customer retention'];
    expect(names).toEqual(expect.arrayContaining(cards));
  });
}
