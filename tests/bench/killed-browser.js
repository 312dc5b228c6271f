// What a reader loses where the whole browser is killed soon after ten years of a plan came in: a browser in a profile of
// its own imports them, readings are entered, each is told once the page shows it as saved, and all processes of that
// browser are killed at once. Then the profile is opened again, and the readings are counted.
//
//   node tests/bench/killed-browser.js ADDRESS CHROMIUM [KILLS]
//
// `cargo xtask bench` runs it with the site that was built last. It measures; what is lost fails it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';

import { listen, makeEdits, numbers, readingsOf } from '../e2e/support/bursts.js';
import { Bearings } from '../e2e/support/pages.js';

const [address, executable, kills = '30'] = process.argv.slice(2);
/** How long readings are entered before the kill, in seconds. */
const DELAYS = [1, 3, 10, 20, 40];
/** Between two readings. */
const PAUSE_MS = 400;
const PROBE = 'Probe';
const KPIS = 28;
const DAYS = 3_652;

const wait = (millis) => new Promise((done) => setTimeout(done, millis));

/** A plan with ten years of daily readings, and one KPI without any. */
function tenYears() {
  const stamp = '00000000001000' + '00000001';
  const id = (n) => `019b8d2b-8c00-7000-8000-${String(n).padStart(12, '0')}`;
  const first = Date.UTC(2016, 10, 20);
  const date = (day) => new Date(first + day * 86_400_000).toISOString().slice(0, 10);
  let last = 1;
  const value = () => {
    last = (Math.imul(last, 1_664_525) + 1_013_904_223) >>> 0;
    return (10_000 + Math.floor(last / 500_000)) / 10;
  };
  const kpi = (n, name, days) => ({
    id: id(n), born: stamp, created: date(0), name, frequency: 'daily', aggregation: 'last', rank: 'i',
    ...(days && { readings: Array.from({ length: days }, (_, day) => ({ date: date(day), value: value(), by: '00000001' })) }),
  });
  const frame = {
    id: id(0), born: stamp, created: date(0), name: 'Ten years', cadence: 'weekly',
    bands: { attention: 0.1, off_track: 0.25 }, fiscal_start: 1,
  };
  const kpis = [kpi(1, PROBE), ...numbers(2, KPIS + 1).map((n) => kpi(n, `Instrument ${n}`, DAYS))];
  return { type: 'bearings/plan', version: 4, source: 'a bench', exported: date(DAYS), plan: { frame, kpis } };
}

/** A browser of its own; `kill` ends all of its processes at once. */
async function launch(profile) {
  const args = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
    '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'];
  // A group of processes of its own, led by the browser.
  const browser = spawn(executable, args, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = once(browser, 'exit');
  const kill = async () => {
    process.kill(-browser.pid, 'SIGKILL');
    await gone;
  };
  for await (const line of createInterface({ input: browser.stderr })) {
    const listening = line.match(/^DevTools listening on (ws:.*)$/)?.[1];
    if (!listening) continue;
    browser.stderr.resume();
    const connection = await chromium.connectOverCDP(listening);
    const [context] = connection.contexts();
    const page = await context.newPage();
    return { context, app: new Bearings(page), page, kill };
  }
  throw new Error('the browser did not start');
}

async function openProbe({ app, page }) {
  await page.goto(`${address}#/kpis`);
  await app.main.getByRole('link', { name: PROBE, exact: true }).click({ timeout: 60_000 });
  await app.card('Readings').waitFor({ timeout: 60_000 }).catch(() => {});
}

/** One kill; gives how many readings were shown as saved, and how many of them were there afterwards. */
async function killAfter(seconds, file) {
  const profile = await mkdtemp(join(tmpdir(), 'bearings-killed-'));
  let browser = await launch(profile);
  try {
    const shown = await listen(browser.context);
    await browser.page.goto(`${address}#/plans`);
    await browser.page.locator('input[type=file]').first().setInputFiles(file);
    await browser.app.button('Keep both').click({ timeout: 60_000 });
    await browser.page.goto(`${address}#/kpis`);
    await browser.app.main.getByRole('link', { name: PROBE, exact: true }).click({ timeout: 60_000 });
    await browser.page.locator('main form.check input').first().waitFor({ timeout: 60_000 });
    const until = Date.now() + seconds * 1_000;
    for (let n = 1; Date.now() < until; n += 1) {
      await makeEdits(browser.app, [n]);
      await wait(PAUSE_MS);
    }
    await browser.kill();

    browser = await launch(profile);
    await openProbe(browser);
    // What comes from the second copy comes once the page is there.
    await wait(5_000);
    const there = await readingsOf(browser.app).catch(() => []);
    return { seconds, shown: shown.length, lost: shown.filter((n) => !there.includes(n)).length };
  } finally {
    await browser.kill().catch(() => {});
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

const folder = await mkdtemp(join(tmpdir(), 'bearings-plan-'));
const file = join(folder, 'ten-years.json');
await writeFile(file, JSON.stringify(tenYears()));
const results = [];
for (let n = 0; n < Number(kills); n += 1) {
  const result = await killAfter(DELAYS[n % DELAYS.length], file);
  results.push(result);
  console.log(`kill ${n + 1}: after ${result.seconds} s, ${result.shown} shown as saved, ${result.lost} lost`);
}
await rm(folder, { recursive: true });

console.log('\nkilled after   kills   shown as saved   lost');
for (const seconds of DELAYS) {
  const some = results.filter((result) => result.seconds === seconds);
  const sum = (of) => some.reduce((total, result) => total + result[of], 0);
  const columns = [`${seconds} s`.padStart(12), some.length, sum('shown'), sum('lost')];
  console.log(`${columns[0]}${String(columns[1]).padStart(8)}${String(columns[2]).padStart(17)}${String(columns[3]).padStart(7)}`);
}
process.exit(results.some(({ lost }) => lost > 0) ? 1 : 0);
