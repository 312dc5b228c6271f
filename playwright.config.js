import { defineConfig } from '@playwright/test';

// `cargo xtask test` builds the site, serves it and says where; a server of your
// own does as well: BEARINGS_URL=http://127.0.0.1:8080/ npx playwright test
const { BEARINGS_URL, BEARINGS_SUMMARY, CHROME_PATH } = process.env;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  // A test that needs a second try has found something.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // Generous: a machine that is busy with something else makes no test fail.
  timeout: 90_000,
  reporter: [['list'], ...(BEARINGS_SUMMARY ? [['json', { outputFile: BEARINGS_SUMMARY }]] : [])],
  use: {
    // A label that is not there is found to be missing long before the test's time is over.
    actionTimeout: 10_000,
    baseURL: BEARINGS_URL ?? 'http://127.0.0.1:8080/',
    browserName: 'chromium',
    headless: true,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // Routes and recordings do not see what a worker fetches: only tests of
    // working offline allow one.
    serviceWorkers: 'block',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: CHROME_PATH || undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
