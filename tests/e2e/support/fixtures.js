// What every test stands on: `import { test, expect } from './support/fixtures.js'`.
//
// - `app` is the page (see pages.js) and `elsewhere` the same page in another browser
//   profile, which knows nothing of the first; `app.open()` opens it.
// - The clock starts at a fixed moment and then runs; `test.use({ now: … })` moves it.
// - Whatever goes wrong beside the point of a test fails it all the same: an error in
//   the console, an exception, a breach of the content policy, a request to another
//   origin, a failed one. `test.use({ allowedTroubles: [/…/] })` names exceptions.
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect } from '@playwright/test';

import { Bearings } from './pages.js';

// Where workers are blocked, as they are unless a test asks for one.
const BLOCKED_WORKER = 'Service Worker registration blocked by Playwright';
const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export const test = base.extend({
  /** Local time, in the time zone of the test; null leaves the real clock. */
  now: ['2026-11-21T09:00:00', { option: true }],
  /** Patterns of troubles that the test is about. */
  allowedTroubles: [[], { option: true }],

  /** All that went wrong so far, over all pages of the test. */
  troubles: async ({ context, baseURL }, use) => {
    const troubles = [];
    await watch(context, new URL(baseURL).origin, (trouble) => troubles.push(trouble));
    await use(troubles);
  },

  noTroubles: [async ({ troubles, allowedTroubles }, use) => {
    await use();
    const unexpected = troubles.filter((text) => !allowedTroubles.some((allowed) => allowed.test(text)));
    expect(unexpected, 'what went wrong beside the point of the test').toEqual([]);
  }, { auto: true }],

  app: async ({ page }, use) => {
    await use(new Bearings(page));
  },

  elsewhere: async ({ browser, baseURL, now, timezoneId, troubles }, use) => {
    const context = await browser.newContext();
    await watch(context, new URL(baseURL).origin, (trouble) => troubles.push(trouble));
    if (now) await context.clock.install({ time: instant(now, timezoneId) });
    await use(new Bearings(await context.newPage()));
    await context.close();
  },

  fixedClock: [async ({ context, now, timezoneId }, use) => {
    if (now) await context.clock.install({ time: instant(now, timezoneId) });
    await use();
  }, { auto: true }],
});

export { expect };

/** WCAG 2.2 AA for the page as it is now, or for the part of it that matches `selector`. */
export async function expectNoAxeViolations(page, selector) {
  const axe = new AxeBuilder({ page }).withTags(WCAG_22_AA);
  if (selector) axe.include(selector);
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    where: nodes.map(({ target, failureSummary }) => `${target.join(' ')}\n${failureSummary}`),
  }));
  expect(found).toEqual([]);
}

async function watch(context, origin, tell) {
  await context.exposeBinding('__tellTrouble', (_source, text) => tell(text));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) => {
      window.__tellTrouble(`policy: ${effectiveDirective} blocked ${blockedURI} (${sourceFile}:${lineNumber})`);
    });
  });
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && message.text() !== BLOCKED_WORKER) {
      tell(`console ${message.type()}: ${message.text()}`);
    }
  });
  context.on('weberror', (webError) => tell(`exception: ${webError.error().stack}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    const isNetwork = ['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol);
    if (isNetwork && url.origin !== origin) tell(`another origin: ${request.url()}`);
  });
  context.on('requestfailed', (request) => {
    tell(`request failed: ${request.url()} (${request.failure()?.errorText})`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) tell(`status ${response.status()}: ${response.url()}`);
  });
}

/** The instant at which clocks in a time zone show the given local time. */
function instant(local, timeZone) {
  const asIfUtc = new Date(`${local}Z`);
  const shownThere = asIfUtc.toLocaleString('sv-SE', { timeZone }).replace(' ', 'T');
  return new Date(2 * asIfUtc - new Date(`${shownThere}Z`));
}
