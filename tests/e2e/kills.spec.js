// The page is killed in the middle of its work, and two tabs work on one plan at once. Bounded here; the long runs:
// BEARINGS_KILLS=200 BEARINGS_EDITS=1000 npx playwright test kills
import { expect, test } from './support/fixtures.js';
import { addKpi, listen, makeEdits, numbers, readingsOf, seeded } from './support/bursts.js';
import { Bearings } from './support/pages.js';

const KILLS = Number(process.env.BEARINGS_KILLS ?? 16);
const EDITS = Number(process.env.BEARINGS_EDITS ?? 200);
/** With how many kills a plan has to live. */
const KILLS_OF_A_PLAN = 20;
/** In milliseconds. */
const LONGEST_BURST = 400;

/**
 * A killed page leaves requests behind, and at times a script presses the button of a form that has just gone. A snapshot
 * of every step would take longer than the steps.
 */
test.use({
  trace: 'off',
  allowedTroubles: [
    /^request failed: .* \(net::ERR_ABORTED\)$/,
    /^console warning: Form submission canceled because the form is not connected$/,
  ],
});

/** Ends the process of a page at once, as the system does where memory is short. */
async function kill(page) {
  const session = await page.context().newCDPSession(page);
  const gone = page.waitForEvent('crash');
  // It never answers.
  session.send('Page.crash').catch(() => {});
  await gone;
  await page.close();
}

const wait = (millis) => new Promise((done) => setTimeout(done, millis));

for (let from = 0; from < KILLS; from += KILLS_OF_A_PLAN) {
  const kills = Math.min(KILLS_OF_A_PLAN, KILLS - from);

  test(`what was shown as saved survives kills ${from + 1} to ${from + kills}`, async ({ context, app, page }) => {
    test.setTimeout(30_000 + kills * 10_000);
    const random = seeded(from + 1);
    const shown = await listen(context);
    await app.open();
    const address = await addKpi(app);
    let [tab, there, inFlight] = [app, [], 0];

    for (let n = 0; n < kills; n += 1) {
      const first = there.length + 1;
      shown.length = 0;
      const burst = makeEdits(tab, numbers(first, first + 999)).catch((error) => error);
      await wait(random() * LONGEST_BURST);
      await kill(tab.page);
      expect((await burst).message, 'why the burst ended').toMatch(/crash|closed|destroyed/i);

      // At times the page that looks is killed as well while it opens, and perhaps tidies up.
      if (n % 4 === 3) {
        const opening = await context.newPage();
        const opened = new Bearings(opening).open(address).catch(() => {});
        await wait(random() * LONGEST_BURST);
        await kill(opening);
        await opened;
      }

      tab = new Bearings(await context.newPage());
      await tab.open(address);
      await expect(tab.warning).toHaveCount(0);
      there = await readingsOf(tab);
      const told = shown.length;
      expect(there, `after kill ${n + 1}, ${told} of its edits were shown as saved`).toEqual(
        numbers(1, Math.max(first - 1 + told, there.length)),
      );
      expect(there.length, 'more than the edit that was in flight').toBeLessThanOrEqual(first + told);
      await tab.goTo('KPIs');
      inFlight += there.length - (first - 1 + told);
    }
    console.log(`${kills} kills, ${there.length} edits stored, of which ${inFlight} were in flight`);
    expect(page.isClosed()).toBe(true);
    expect(there.length, 'edits in all').toBeGreaterThan(kills);
  });
}

test('two tabs edit one plan at once: none is lost, both show the same, each takes back its own', async ({
  context, app,
}) => {
  test.setTimeout(60_000 + EDITS * 300);
  const shown = await listen(context);
  await app.open();
  const address = await addKpi(app);
  await app.open(address);
  const other = new Bearings(await context.newPage());
  await other.open(address);

  // Each enters numbers of its own, and every tenth edit gives the one name that both see another.
  const edits = (odd) => numbers(1, EDITS / 2).map((n) => (n % 10 === 5 ? `Name ${n} by ${odd}` : 2 * n - odd));
  const readings = [...edits(1), ...edits(0)].filter((edit) => typeof edit === 'number').sort((a, b) => a - b);
  await Promise.all([makeEdits(app, edits(1)), makeEdits(other, edits(0))]);
  expect(shown.length).toBe(EDITS);
  const isOfFirst = (edit) => (typeof edit === 'number' ? edit % 2 === 1 : edit.endsWith('1'));
  const turns = shown.filter((edit, at) => at > 0 && isOfFirst(edit) !== isOfFirst(shown[at - 1])).length;
  expect(turns, 'how often the turn went from tab to tab').toBeGreaterThan(EDITS / 20);
  console.log(`${EDITS} edits of two tabs, the turn changed ${turns} times`);

  const agree = async (tabs, what) => {
    for (const tab of tabs) await expect.poll(() => readingsOf(tab)).toEqual(what);
    const titles = await Promise.all(tabs.map((tab) => tab.title.textContent()));
    expect(new Set(titles).size, titles.join(' | ')).toBe(1);
  };
  await agree([app, other], readings);
  await other.reload();
  await agree([app, other], readings);
  await app.reload();
  await agree([app, other], readings);

  const lastOf = (odd) => readings.filter((edit) => edit % 2 === odd).at(-1);
  await app.undo();
  await agree([app, other], readings.filter((edit) => edit !== lastOf(1)));
  await other.undo();
  const rest = readings.filter((edit) => edit !== lastOf(1) && edit !== lastOf(0));
  await agree([app, other], rest);
  await app.reload();
  await agree([app, other], rest);
});
