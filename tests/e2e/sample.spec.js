import { expect, test } from './support/fixtures.js';

test('the sample opens as a plan of its own, and mine is one click away', async ({ app }) => {
  await app.open();
  await app.start({ objective: 'My own goal' });
  await app.goTo('Plans');
  await app.press('Look at the sample');
  await expect(app.sampleNote).toContainText('Change what you like; your own plan is a separate one.');
  await expect(app.title).toHaveText('Week 8 of 13. Three goals and three KPIs need you.');
  await app.checkIn('Interviews with customers', '+1');

  await app.press('Start mine', app.sampleNote);
  await expect(app.sampleNote).toHaveCount(0);
  await expect(app.card('Objectives on course')).toContainText('My own goal');
  await expect(app.main).not.toContainText('Interviews with customers');

  await app.goTo('Plans');
  await expect(app.title).toHaveText('Two plans in this browser.');
  const sample = app.row('Sample: the glove makers', app.card('Your plans'));
  await expect(sample).toContainText('8 objectives, 12 KPIs');
  await app.press('Open', sample);
  await expect(app.card('Lately')).toContainText('Interviews with customers 12');
});

test('the first page offers the sample, and a start of one’s own after it', async ({ app }) => {
  await app.open();
  await app.lookAtSample();
  await expect(app.card('Objectives on course')).toContainText('Ship gloves that nobody sends back');
  await app.press('Start mine', app.sampleNote);
  await expect(app.title).toHaveText('Where do you want to be in three months?');
  await app.start({ objective: 'My own goal' });
  await app.reload();
  await expect(app.card('Objectives on course')).toContainText('My own goal');
});

test('the chart of a key result is drawn, and its table says the same', async ({ app }) => {
  await app.open();
  await app.lookAtSample();
  await app.follow('Know what makes customers recommend us');
  const chart = app.chart('Interviews with customers');
  await chart.drawn();
  expect(await chart.pixelsOf('--accent')).toBeGreaterThan(200);
  expect(await chart.colours()).toBeGreaterThan(10);

  const rows = await chart.table();
  const checkIns = rows.filter(([, what]) => what === 'check-in');
  expect(checkIns.map(([, , value]) => value)).toEqual([
    '11 interviews', '9 interviews', '6 interviews', '4 interviews', '3 interviews', '2 interviews',
  ]);
  // By then, 41 of the quarter's 90 days had gone.
  expect(checkIns[0]).toEqual(['10 Nov', 'check-in', '11 interviews', '9.11 interviews', '20 interviews', '']);
  const story = app.card('Story').getByRole('listitem').filter({ hasText: 'Interviews with customers' });
  await expect(story).toHaveCount(checkIns.length);
  for (const [at, [day, , value]] of checkIns.entries()) {
    await expect(story.nth(at)).toContainText(value.replace(' interviews', ''));
    await expect(story.nth(at)).toContainText(day);
  }
  expect(rows.at(-1).slice(1, 3)).toEqual(['start', '0 interviews']);
});

test('a key result and the KPI that feeds it show one number', async ({ app }) => {
  await app.open();
  await app.lookAtSample();
  await app.follow('Turn the landing page into qualified demand');
  await expect(app.row('Monthly visitors', app.card('Key results'))).toContainText('6,150');
  await expect(app.row('Trial subscriptions', app.card('Key results'))).toContainText('441');
  await app.goTo('KPIs');
  const kpis = app.card('Instruments');
  await expect(app.row('Monthly visitors', kpis)).toContainText('6,150');
  await expect(app.row('Trial subscriptions', kpis)).toContainText('441');
  await expect(app.row('Revenue online', kpis)).toContainText('Part of Revenue');
});

test('the chart of a KPI is drawn, and its table says the same', async ({ app }) => {
  await app.open();
  await app.lookAtSample();
  await app.goTo('KPIs');
  await app.follow('Lead-to-customer ratio');
  const chart = app.chart('Lead-to-customer ratio by month');
  await chart.drawn();
  expect(await chart.pixelsOf('--accent')).toBeGreaterThan(200);
  expect(await chart.colours()).toBeGreaterThan(10);

  const values = (await chart.table()).map(([, , value]) => value).filter(Boolean);
  const readings = await app.card('Readings').getByRole('listitem').getByRole('paragraph').allTextContents();
  expect(readings[0]).toMatch(/^12%/);
  expect(readings).toHaveLength(12);
  expect(values).toEqual(readings);
});

test('a new value is drawn as it is entered', async ({ app }) => {
  await app.open();
  await app.lookAtSample();
  await app.goTo('KPIs');
  await app.follow('Scrap rate');
  const chart = app.chart('Scrap rate by month');
  await chart.drawn();
  const before = await chart.picture();
  const form = app.card('New reading');
  await app.field('Scrap rate', form).fill('0.12');
  await app.press('Save Scrap rate', form);
  await expect.poll(() => chart.picture()).not.toBe(before);
  await chart.drawn();
  expect((await chart.table())[0]).toEqual(expect.arrayContaining(['so far', '0.12%']));
});

test('what draws charts is loaded with the first of them', async ({ app, page }) => {
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  const drawers = () => asked.filter((url) => url.includes('echarts'));
  await app.open();
  await app.lookAtSample();
  for (const place of ['Objectives', 'KPIs', 'Plans', 'Today']) await app.goTo(place);
  expect(asked.length).toBeGreaterThan(2);
  expect(drawers()).toEqual([]);

  await app.follow('Scrap rate');
  await app.chart('Scrap rate by month').drawn();
  expect(drawers()).toHaveLength(1);
  await app.goTo('KPIs');
  await app.follow('Monthly visitors');
  await app.chart('Monthly visitors by month').drawn();
  expect(drawers()).toHaveLength(1);
});

test('in the dark, page and charts change their colours at once', async ({ app, page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await app.open();
  await app.lookAtSample();
  await app.goTo('KPIs');
  await app.follow('Scrap rate');
  const chart = app.chart('Scrap rate by month');
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await chart.drawn();
  const light = { paper: await paper(), picture: await chart.picture() };

  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await paper()).not.toBe(light.paper);
  await expect.poll(() => chart.pixelsOf('--accent')).toBeGreaterThan(200);
  await chart.drawn();
  expect(await chart.picture()).not.toBe(light.picture);

  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(() => chart.picture()).toBe(light.picture);
});

// What no sentence may look like, whatever it is about.
const BROKEN = [
  /NaN|undefined|Infinity|\bnull\b/, // no number, and said so
  /[{}]/, // a place that was not filled
  /\bNo of\b/, // "None of eight weeks"
  /(?<![\d.,−-])1 (?!is\b|has\b|was\b|needs\b)[a-z-]+s\b/, // "1 books"
  / [.,;:!?](\s|$)|\.\.|,\.|\(\s|\s\)/, // a part that was left out
  /\b0 of 0\b|÷ 0\b/,
];

/** Sentences of the page that are broken. */
async function brokenSentences(page) {
  const texts = await page.evaluate(() => {
    const main = document.querySelector('main');
    const labels = [...main.querySelectorAll('[aria-label]')].map((it) => it.getAttribute('aria-label'));
    return [document.title, ...labels, ...main.innerText.split('\n')];
  });
  return texts.filter((text) => / {2}/.test(text) || BROKEN.some((pattern) => pattern.test(text)));
}

test('what a first visit says is whole', async ({ app, page }) => {
  await app.open();
  expect(await brokenSentences(page)).toEqual([]);
  await app.start();
  expect(await brokenSentences(page)).toEqual([]);
  await app.checkIn('Monthly visitors', '5k');
  for (const place of ['Today', 'Objectives', 'KPIs', 'Plans', 'Settings']) {
    await app.goTo(place);
    expect(await brokenSentences(page), place).toEqual([]);
  }
});

test('what the sample says is whole, on every page', async ({ app, page }) => {
  await app.open();
  await app.lookAtSample();
  const links = async (within) => {
    const all = await within.getByRole('link').evaluateAll((found) => found.map((link) => link.getAttribute('href')));
    return [...new Set(all)].filter((href) => /^#\/(objective|review|kpi)s?\/./.test(href));
  };
  const places = [];
  for (const place of ['Today', 'Objectives', 'KPIs', 'Plans', 'Settings']) {
    await app.goTo(place);
    await app.told();
    expect(await brokenSentences(page), place).toEqual([]);
    places.push(...(await links(app.main)));
  }
  const pages = [...new Set([...places, '#/check-in'])];
  expect(pages.length).toBeGreaterThan(20);
  for (const href of pages) {
    await app.open(href.slice(1));
    await app.told();
    for (const more of await app.main.locator('summary:visible').all()) await more.click();
    expect(await brokenSentences(page), href).toEqual([]);
  }
});
