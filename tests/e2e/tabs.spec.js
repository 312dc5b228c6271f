// Two tabs of one browser on one plan: what one does, the other knows, and nobody takes back what another one did.
import { expect, test } from './support/fixtures.js';
import { addKpi } from './support/bursts.js';
import { Bearings } from './support/pages.js';

async function beside(app, place) {
  const tab = new Bearings(await app.page.context().newPage());
  await tab.open(place);
  return tab;
}

async function rename(app, to, from) {
  await app.choose('Rename', from, app.card('Your plans'));
  await app.fill({ Name: to });
  await app.press('Save', app.formWith('Name'));
  await expect(app.row(to, app.card('Your plans'))).toBeVisible();
}

/** Enters a reading on the page of the KPI. */
async function enter(app, value) {
  await app.fill({ Visitors: value }, app.card('New reading'));
  await app.press('Save Visitors', app.card('New reading'));
  await expect(app.toast('Reading saved.')).toBeVisible();
}

test('undo leaves what another tab has changed since, and says so', async ({ app }) => {
  await app.open();
  await app.start();
  await app.goTo('Plans');
  const other = await beside(app, '/plans');
  await rename(app, 'Mine', 'My plan');
  await expect(other.navigation).toContainText('Mine');
  await rename(other, 'Theirs', 'Mine');
  await expect(app.navigation).toContainText('Theirs');
  await app.undo();
  await expect(app.toast('Edit of the plan: changed in another tab since, and left as it is.')).toBeVisible();
  for (const tab of [app, other]) await expect(tab.navigation).toContainText('Theirs');
  await other.undo();
  for (const tab of [app, other]) await expect(tab.navigation).toContainText('Mine');
  await app.reload();
  await expect(app.navigation).toContainText('Mine');
});

test('a correction of another tab is not taken back with the entry', async ({ app }) => {
  await app.open();
  const address = await addKpi(app);
  await app.open(address);
  await enter(app, '5');
  const other = await beside(app, address);
  const readings = other.card('Readings');
  await other.press('Edit reading of 21 Nov', readings);
  await other.fill({ Value: '6' }, readings);
  await other.press('Save', readings);
  for (const tab of [app, other]) await expect(tab.card('Readings').getByText('6', { exact: true })).toBeVisible();
  await app.undo();
  await expect(app.toast('changed in another tab since, and left as it is.')).toBeVisible();
  for (const tab of [app, other]) await expect(tab.card('Readings').getByText('6', { exact: true })).toBeVisible();
  await other.undo();
  for (const tab of [app, other]) await expect(tab.card('Readings').getByText('5', { exact: true })).toBeVisible();
});

test('a tab that was frozen shows what others did before it writes, and takes back its own only', async ({
  app, context, page,
}) => {
  await app.open();
  await app.start();
  const other = await beside(app);
  await other.field('Monthly visitors', other.card('Due now')).fill('6k');
  const cdp = await context.newCDPSession(other.page);
  await cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
  await page.bringToFront();
  await app.goTo('Objectives');
  await app.press('Add an objective');
  await app.fill({ 'Where do you want to go?': 'Rest well' });
  await app.press('Add objective');
  await expect(app.title).toContainText('Rest well');
  await app.goTo('Plans');
  await rename(app, 'Mine', 'My plan');
  await cdp.send('Page.setWebLifecycleState', { state: 'active' });
  await other.page.bringToFront();
  await other.press('Save Monthly visitors', other.card('Due now'));
  await expect(other.toast('Checked in.')).toBeVisible();
  await expect(other.navigation).toContainText('Mine');
  await other.undo();
  await expect(other.toast('Undone: check-in on Monthly visitors.')).toBeVisible();
  await expect(other.navigation).toContainText('Mine');
  await page.bringToFront();
  await app.undo();
  await expect(app.navigation).toContainText('My plan');
  await app.undo();
  await expect(app.toast('Undone: new objective “Rest well”.')).toBeVisible();
  for (const tab of [app, other]) {
    await tab.goTo('Today');
    await tab.reload();
    await expect(tab.row('Double our reach')).toContainText('0%');
    await expect(tab.navigation).toContainText('My plan');
  }
});

test('a tab whose plan is replaced by another one stays with it, and says what is so', async ({ app, elsewhere }) => {
  await elsewhere.open();
  await elsewhere.lookAtSample();
  const file = await elsewhere.saveAFile('Sample: the glove makers');
  await app.open();
  await app.start();
  const other = await beside(app);
  await app.goTo('Plans');
  await app.chooseFile(file);
  await app.press('Replace mine');
  await expect(app.toast('“My plan” replaced.')).toBeVisible();
  await expect(other.toast('“My plan” was deleted in another tab. It is stored again with your next change.')).toBeVisible();
  await expect(other.row('Double our reach')).toBeVisible();
  await other.checkIn('Monthly visitors', '5k');
  await other.reload();
  await expect(other.row('Double our reach')).toContainText('25%');
  await other.goTo('Plans');
  await expect(other.title).toHaveText('Two plans in this browser.');
});

for (const [what, act, back] of [
  [
    'replaces',
    async (app) => {
      await app.press('Replace mine');
      await expect(app.toast('“My plan” replaced.')).toBeVisible();
    },
    '“My plan” replaced.',
  ],
  [
    'restores',
    async (app) => {
      await app.press('Restore', app.row('you asked for it', app.card('Backups')));
      await expect(app.toast('Restored as of')).toBeVisible();
    },
    'Restored as of',
  ],
  [
    'deletes',
    async (app) => {
      await app.choose('Delete', 'My plan', app.card('Your plans'));
      await expect(app.toast('“My plan” deleted.')).toBeVisible();
    },
    '“My plan” deleted.',
  ],
]) {
  test(`a tab that ${what} a plan takes up what another one has saved before it heard of it`, async ({
    app, context, page,
  }) => {
    await context.addInitScript(() => {
      addEventListener('storage', (event) => {
        if (window.isBusy) event.stopImmediatePropagation();
      });
    });
    await app.open();
    const address = await addKpi(app);
    await app.open(address);
    await enter(app, '111');
    const other = await beside(app, address);
    const file = await app.saveAFile('My plan');
    await app.press('Back up now');
    await expect(app.row('you asked for it', app.card('Backups'))).toBeVisible();
    await app.chooseFile(file);
    await expect(app.button('Replace mine')).toBeVisible();
    await page.evaluate(() => {
      window.isBusy = true;
    });
    await enter(other, '222');
    await act(app);
    await app.takeBack(back);
    await app.open(address);
    for (const value of ['111', '222']) {
      await expect(app.card('Readings').getByText(value, { exact: true })).toBeVisible();
    }
    await app.reload();
    await expect(app.card('Readings').getByText('222', { exact: true })).toBeVisible();
  });
}
