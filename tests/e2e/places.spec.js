import { expect, test } from './support/fixtures.js';
import { Bearings } from './support/pages.js';

test('every place has an address of its own, and the way back leads back', async ({ app, page, baseURL }) => {
  await app.open();
  await app.lookAtSample();
  for (const [place, address, title] of [
    ['Objectives', '#/objectives', 'This year and This quarter: six objectives. Three need you.'],
    ['KPIs', '#/kpis', '12 instruments. Two are off target, one is stale.'],
    ['Plans', '#/plans', 'One plan in this browser.'],
    ['Today', '#/', 'Week 8 of 13. Three goals and three KPIs need you.'],
  ]) {
    await app.goTo(place);
    await expect(page).toHaveURL(`${baseURL}${address}`);
    await expect(app.title).toHaveText(title);
    await expect(page).toHaveTitle(`${title} · Bearings`);
  }
  await page.goBack();
  await expect(app.title).toHaveText('One plan in this browser.');
  await page.goBack();
  await expect(app.title).toHaveText('12 instruments. Two are off target, one is stale.');
  await page.goForward();
  await expect(app.title).toHaveText('One plan in this browser.');
});

test('a thing can be reached by its address, after a reload too', async ({ app, page }) => {
  await app.open();
  await app.lookAtSample();
  await app.goTo('Objectives');
  await app.follow('Ship gloves that nobody sends back');
  await expect(page).toHaveURL(/#\/objectives\/[0-9a-f-]{36}$/);
  await expect(page).toHaveTitle('Ship gloves that nobody sends back · Bearings');
  await app.reload();
  await expect(app.title).toContainText('Ship gloves that nobody sends back');
  await app.goTo('KPIs');
  await app.follow('Scrap rate');
  await app.reload();
  await expect(app.title).toContainText('Scrap rate');
  await expect(page).toHaveTitle('Scrap rate · Bearings');
});

for (const place of ['/nowhere', '/objectives/no-id', '/kpis/01a1fd1e-9245-747c-9c7b-d00827be3700', '/plans/1/2']) {
  test(`${place} is no place: the page says so and leads home`, async ({ app }) => {
    await app.open(place);
    await expect(app.title).toHaveText('There is nothing here (any more).');
    await app.main.getByRole('link', { name: 'Back to Today' }).click();
    await expect(app.title).toHaveText('Where do you want to be in three months?');
  });
}

test('where a thing is deleted, its address says so', async ({ app, page }) => {
  await app.open();
  await app.start();
  await app.follow('Double our reach');
  const address = page.url();
  await app.choose('Delete', 'this objective');
  await expect(app.toast('“Double our reach” deleted.')).toBeVisible();
  await page.goto(address);
  await expect(app.title).toHaveText('There is nothing here (any more).');
  await app.undo();
  await expect(app.title).toContainText('Double our reach');
});

test.describe('two tabs', () => {
  /** A further tab on the same plan. */
  async function beside(app) {
    const tab = new Bearings(await app.page.context().newPage());
    await tab.open();
    return tab;
  }

  test('show each other’s changes, and both survive a reload', async ({ app }) => {
    await app.open();
    await app.start();
    const other = await beside(app);
    await expect(other.card('Due now')).toContainText('Monthly visitors');

    await app.checkIn('Monthly visitors', '5k');
    await expect(other.row('Double our reach')).toContainText('25%');
    await expect(other.card('Due now')).toContainText('Nothing is due.');

    await other.follow('Double our reach');
    await other.press('Edit title');
    await other.fill({ Title: 'Triple our reach' });
    await other.press('Save', other.formWith('Title'));
    await expect(app.card('Objectives on course')).toContainText('Triple our reach');

    for (const tab of [app, other]) {
      await tab.open();
      await tab.reload();
      await expect(tab.row('Triple our reach')).toContainText('25%');
      await expect(tab.card('Lately')).toContainText('Monthly visitors 5,000');
    }
    expect(await other.told()).toBe(await app.told());
  });

  test('that edit the same thing agree on the later edit', async ({ app }) => {
    await app.open();
    await app.start();
    const other = await beside(app);
    for (const tab of [app, other]) {
      await tab.follow('Double our reach');
      await tab.press('Edit title');
    }
    await app.fill({ Title: 'Here first' });
    await app.press('Save', app.formWith('Title'));
    await expect(app.title).toContainText('Here first');
    await other.fill({ Title: 'There later' });
    await other.press('Save', other.formWith('Title'));
    for (const tab of [app, other]) {
      await expect(tab.title).toContainText('There later');
      await tab.reload();
      await expect(tab.title).toContainText('There later');
    }
  });

  test('take back only what was done in them', async ({ app }) => {
    await app.open();
    await app.start();
    const other = await beside(app);
    await app.checkIn('Monthly visitors', '5k');
    await expect(other.row('Double our reach')).toContainText('25%');
    await expect(other.button('Nothing to undo', other.navigation)).toBeDisabled();
    await app.undo();
    await expect(other.card('Due now')).toContainText('Monthly visitors');
    await other.reload();
    await expect(other.card('Due now')).toContainText('Monthly visitors');
  });
});
