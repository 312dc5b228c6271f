import { expect, test } from './support/fixtures.js';
import { fillUp, makeRoom } from './support/storage.js';

test('everything is there again after a reload', async ({ app }) => {
  await app.open();
  await app.start();
  await app.checkIn('Monthly visitors', '5k');
  await app.open('/kpis');
  await app.press('Add a KPI');
  await app.fill({ Name: 'Scrap rate', Value: '3', 'First reading': '2' });
  await app.press('Add KPI');
  await expect(app.navigation).toContainText('Saved in this browser.');

  for (const place of ['Today', 'Objectives', 'KPIs', 'Plans']) {
    await app.goTo(place);
    const [told, stored] = [await app.told(), await app.stored()];
    await app.reload();
    // What can be taken back is the one thing that a tab does not hand on.
    const lasting = (text) => text.replace(/\n.*(Undo|Redo).*/g, '').replaceAll(' [disabled]', '');
    await expect.poll(async () => lasting(await app.told())).toBe(lasting(told));
    expect(await app.stored()).toEqual(stored);
  }
});

test.describe('storage that is blocked', () => {
  test.beforeEach(async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('The document is not allowed to use storage.', 'SecurityError');
        },
      });
    });
  });

  test('is said, work goes on in memory, and a file saves it', async ({ app }) => {
    await app.open();
    await expect(app.warning).toContainText('Not saved in this browser: its storage is blocked.');
    await expect(app.warning).toContainText('Your work is only in this tab; save a file before you close it.');

    await app.start();
    await app.checkIn('Monthly visitors', '5k');
    await expect(app.row('Double our reach')).toContainText('25%');
    await app.goTo('Objectives');
    await app.press('Add an objective');
    await app.fill({ 'Where do you want to go?': 'Rest well' });
    await app.press('Add objective');
    await expect(app.title).toContainText('Rest well');
    await expect(app.warning).toContainText('its storage is blocked');
    await expect(app.navigation).toContainText('Not saved.');

    const { name, text } = await app.download(app.button('Save a file', app.warning));
    expect(name).toBe('My plan-2026-11-21.json');
    const { plan } = JSON.parse(text);
    expect(plan.objectives.map(({ title }) => title).sort()).toEqual(['Double our reach', 'Rest well']);
    expect(plan.key_results[0].check_ins).toMatchObject([{ date: '2026-11-21', value: 5000 }]);
  });

  test('leaves the sample and files within reach', async ({ app }) => {
    await app.open();
    await app.lookAtSample();
    await expect(app.warning).toContainText('its storage is blocked');
    const { name } = await app.saveAFile('Sample: the glove makers');
    expect(name).toBe('Sample the glove makers-2026-11-21.json');
    await app.press('Start mine');
    await expect(app.title).toHaveText('Where do you want to be in three months?');
  });
});

test.describe('storage that is full', () => {
  test('is said, work goes on, and once there is room all of it is kept', async ({ app, page }) => {
    await app.open();
    await app.start();
    await fillUp(page);

    await app.checkIn('Monthly visitors', '5k');
    await expect(app.warning).toContainText('Not saved in this browser: its storage is full.');
    await expect(app.navigation).toContainText('Not saved.');
    await expect(app.row('Double our reach')).toContainText('25%');
    await app.goTo('Objectives');
    await app.press('Add an objective');
    await app.fill({ 'Where do you want to go?': 'Rest well' });
    await app.press('Add objective');
    await expect(app.warning).toContainText('its storage is full');
    await expect(app.button('Save a file', app.warning)).toBeVisible();

    await makeRoom(page);
    await app.fill({ 'What do you measure?': 'Sleep', From: '6', To: '8', Unit: 'h' });
    await app.press('Add key result');
    await expect(app.warning).toHaveCount(0);
    await expect(app.navigation).toContainText('Saved in this browser.');

    await app.reload();
    await expect(app.title).toContainText('Rest well');
    await expect(app.card('Key results')).toContainText('Sleep');
    await app.goTo('Today');
    await expect(app.card('Lately')).toContainText('Monthly visitors 5,000');
    await expect(app.row('Double our reach')).toContainText('25%');
  });

  test('has room again once a plan is deleted', async ({ app, page }) => {
    await app.open();
    await app.start();
    await app.checkIn('Monthly visitors', '5k');
    await app.goTo('Plans');
    await app.press('Look at the sample');
    await fillUp(page);
    await app.goTo('KPIs');
    await app.press('Add a KPI');
    await app.fill({ Name: 'Sleep', Target: 'no target' });
    await app.press('Add KPI');
    await expect(app.warning).toContainText('its storage is full');

    await app.goTo('Plans');
    await app.choose('Delete', 'My plan');
    await expect(app.toast('“My plan” deleted.')).toBeVisible();
    await expect(app.title).toHaveText('One plan in this browser.');
    await app.choose('Rename', 'Sample: the glove makers');
    await app.fill({ Name: 'The glove makers' });
    await app.press('Save', app.formWith('Name'));
    await expect(app.warning).toHaveCount(0);
    await app.reload();
    await expect(app.title).toHaveText('One plan in this browser.');
    await expect(app.navigation).toContainText('The glove makers');
    await app.goTo('KPIs');
    await expect(app.card('Instruments')).toContainText('Sleep');
  });

  for (const refuses of [false, true]) {
    const where = refuses ? 'where IndexedDB refuses, too' : 'where there are backups';
    test(`leaves no room for another plan in place of mine: nothing changes, ${where}`, async ({ app, elsewhere, page }) => {
      if (refuses) {
        await page.addInitScript(() => {
          IDBFactory.prototype.open = () => {
            throw new DOMException('not here', 'SecurityError');
          };
        });
      }
      await elsewhere.open();
      await elsewhere.lookAtSample();
      const file = await elsewhere.saveAFile('Sample: the glove makers');
      await app.open();
      await app.start();
      await app.checkIn('Monthly visitors', '5k');
      await app.goTo('Plans');
      await app.chooseFile(file);
      await expect(app.button('Replace mine')).toBeVisible();
      await fillUp(page);
      const plans = async () => Object.entries(await app.stored()).filter(([key]) => /\/(plan|j)\//.test(key));
      const before = await plans();
      await app.press('Replace mine');
      await expect(app.toast('There is no room for both plans in this browser. Nothing was changed.')).toBeVisible();
      await expect(app.navigation).toContainText('My plan');
      expect(await plans()).toEqual(before);
      await app.goTo('Today');
      await app.reload();
      await expect(app.row('Double our reach')).toContainText('25%');
      await app.goTo('Plans');
      await expect(app.title).toHaveText('One plan in this browser.');
    });
  }

  test('asks before work is left that is only in this tab, and keeps a backup of it', async ({ app, page }) => {
    await app.open();
    await app.start();
    await fillUp(page);
    await app.checkIn('Monthly visitors', '5k');
    await expect(app.warning).toContainText('its storage is full');
    const question = app.warning.filter({ hasText: 'Changes of “My plan” are only in this tab.' });
    for (const button of ['New plan', 'Look at the sample']) {
      await app.goTo('Plans');
      await app.press(button);
      await expect(question).toBeVisible();
      await app.press('Stay here', question);
      await expect(question).toHaveCount(0);
      await expect(app.navigation).toContainText('My plan');
    }
    await app.press('New plan');
    await app.press('Go on without them', question);
    await expect(app.toast('What was not saved is kept as a backup.')).toBeVisible();
    await expect(app.title).toHaveText('Where do you want to be in three months?');
    await app.goTo('Plans');
    await app.press('Open', app.row('1 objective', app.card('Your plans')));
    await expect(app.row('Double our reach')).toContainText('0%');
    await makeRoom(page);
    await app.goTo('Plans');
    const left = app.row('before changes that were not saved were left behind', app.card('Backups'));
    await app.press('Restore', left);
    await app.goTo('Today');
    await expect(app.row('Double our reach')).toContainText('25%');
  });

  test('has the browser ask before the tab is closed', async ({ app, page }) => {
    await app.open();
    await app.start();
    const asked = [];
    page.on('dialog', async (dialog) => {
      asked.push(dialog.type());
      await dialog.accept();
    });
    await app.reload();
    expect(asked).toEqual([]);
    await fillUp(page);
    await app.checkIn('Monthly visitors', '5k');
    await expect(app.warning).toContainText('its storage is full');
    await app.reload();
    expect(asked).toEqual(['beforeunload']);
  });

  test('from the very first change on loses nothing either', async ({ app, page }) => {
    await app.open();
    await fillUp(page);
    await app.start();
    await expect(app.warning).toContainText('its storage is full');
    await makeRoom(page);
    await app.checkIn('Monthly visitors', '5k');
    await expect(app.warning).toHaveCount(0);
    await app.reload();
    await expect(app.row('Double our reach')).toContainText('25%');
  });
});
