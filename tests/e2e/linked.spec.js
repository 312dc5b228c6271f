import { expect, expectNoAxeViolations, test } from './support/fixtures.js';

/** A file that cannot be cloned, as some browsers' handles may not be; the test writes and reads it as another program. */
function fakeFile(text) {
  window.disk = { text, permission: 'granted', writes: 0, fails: false };
  const handle = {
    kind: 'file',
    name: 'plan.json',
    getFile: async () => new File([window.disk.text], 'plan.json'),
    createWritable: async () => {
      if (window.disk.fails) throw new DOMException('locked', 'NoModificationAllowedError');
      let written = '';
      return {
        write: async (part) => {
          written += part;
        },
        close: async () => {
          Object.assign(window.disk, { text: written, writes: window.disk.writes + 1 });
        },
      };
    },
    queryPermission: async () => window.disk.permission,
    requestPermission: async () => {
      window.disk.permission = 'granted';
      return 'granted';
    },
  };
  window.showSaveFilePicker = async () => handle;
  window.showOpenFilePicker = async () => [handle];
}

const onDisk = (page) => page.evaluate(() => window.disk.text);

async function comeBack(page) {
  await page.evaluate(() => dispatchEvent(new Event('focus')));
}

async function link(app, page, text = '') {
  await page.addInitScript(fakeFile, text);
  await app.open();
  await app.start();
  await app.goTo('Plans');
  await app.press('Link a new file');
}

test('every change goes into the linked file, and what changed there comes in', async ({ app, page }) => {
  await link(app, page);
  const card = app.card('Linked file');
  await expect(card).toContainText('plan.json');
  await expect(card).toContainText('In step');
  await expectNoAxeViolations(page);
  expect(JSON.parse(await onDisk(page)).plan.objectives[0].title).toBe('Double our reach');
  await expect(app.navigation).toContainText('Last file: today.');

  await app.goTo('Today');
  await app.checkIn('Monthly visitors', '5k');
  await page.clock.fastForward(2_100);
  await expect.poll(async () => JSON.parse(await onDisk(page)).plan.key_results[0].check_ins?.length).toBe(1);

  // Somebody else renames the objective.
  await page.evaluate(() => {
    const file = JSON.parse(window.disk.text);
    const [objective] = file.plan.objectives;
    objective.title = 'Triple our reach';
    objective.edited = { ...objective.edited, title: `${(Date.now() + 60_000).toString(16).padStart(11, '0')}00000000042` };
    window.disk.text = JSON.stringify(file);
  });
  await comeBack(page);
  await expect(app.toast('1 change came from the file.')).toBeVisible();
  await expect(app.row('Triple our reach')).toContainText('25%');
  await expect.poll(async () => JSON.parse(await onDisk(page)).plan.objectives[0].title).toBe('Triple our reach');
  await app.goTo('Plans');
  await expect(card).toContainText('1 change came from the file.');
  await app.reload();
  await app.goTo('Today');
  await expect(app.row('Triple our reach')).toContainText('25%');
});

for (const [what, add, isThere] of [
  [
    'a key result',
    (plan) => {
      const [own] = plan.key_results;
      const added = { ...own, id: own.id.replace(/.$/, (last) => (last === '0' ? '1' : '0')), title: 'Newsletter readers' };
      plan.key_results.push({ ...added, check_ins: [{ date: '2026-11-21', value: 4500, by: 'b60c401a' }] });
      plan.key_results.sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    { 'Newsletter readers': true, 'Monthly visitors': false },
  ],
  [
    'a check-in',
    (plan) => {
      plan.key_results[0].check_ins = [{ date: '2026-11-21', value: 4500, by: 'b60c401a' }];
    },
    { 'Monthly visitors': true },
  ],
]) {
  test(`${what} that comes from the file brings back the objective that was deleted here`, async ({ app, page }) => {
    await link(app, page);
    await expect(app.card('Linked file')).toContainText('In step');
    const file = JSON.parse(await onDisk(page));
    add(file.plan);
    await app.goTo('Objectives');
    await app.follow('Double our reach');
    await app.choose('Delete', 'this objective');
    await expect(app.toast('deleted')).toBeVisible();
    await page.clock.fastForward(2_100);
    await expect.poll(async () => JSON.parse(await onDisk(page)).plan.objectives).toBeUndefined();

    await page.evaluate((text) => {
      window.disk.text = text;
    }, JSON.stringify(file));
    await comeBack(page);
    await expect(app.toast('“Double our reach” came back: something was added elsewhere')).toBeVisible();
    await app.goTo('Objectives');
    await app.follow('Double our reach');
    const card = app.card('Key results');
    await expect(card).toContainText('4,500');
    for (const [title, is] of Object.entries(isThere)) {
      if (is) await expect(card).toContainText(title);
      else await expect(card).not.toContainText(title);
    }
    await expect.poll(async () => JSON.parse(await onDisk(page)).plan.objectives?.length).toBe(1);
    await app.reload();
    await expect(card).toContainText('4,500');
  });
}

test('alignments that lead in a circle are not counted, and their objectives say so', async ({ app, page }) => {
  await link(app, page);
  await app.goTo('Objectives');
  await app.press('Add an objective');
  await app.fill({ 'Where do you want to go?': 'Rest well' });
  await app.press('Add objective');
  await page.clock.fastForward(2_100);
  await expect.poll(async () => JSON.parse(await onDisk(page)).plan.objectives.length).toBe(2);
  await page.evaluate(() => {
    const file = JSON.parse(window.disk.text);
    const [one, other] = file.plan.objectives;
    [one.parent, other.parent] = [other.id, one.id];
    window.disk.text = JSON.stringify(file);
  });
  await comeBack(page);
  await expect(app.toast('2 changes came from the file.')).toBeVisible();
  const said = 'An alignment is not counted, because each of two objectives would end up above the other: Double our reach';
  await expect(app.main.getByRole('note')).toHaveText(said);
  await app.follow('Double our reach');
  await expect(app.main.getByRole('note')).toContainText('Rest well');
  await expectNoAxeViolations(page);
});

for (const [what, text, said] of [
  ['no plan', '{"name": "a package"}', 'It holds no Bearings plan. It was not touched.'],
  ['a plan of a newer version', '{"type": "bearings/plan", "version": 99}', 'A newer Bearings wrote it. It was not touched'],
]) {
  test(`a file that holds ${what} is not touched`, async ({ app, page }) => {
    await link(app, page, text);
    const card = app.card('Linked file');
    await expect(card).toContainText(said);
    await expectNoAxeViolations(page);
    await app.goTo('Today');
    await app.checkIn('Monthly visitors', '5k');
    await page.clock.fastForward(2_100);
    await comeBack(page);
    expect(await onDisk(page)).toBe(text);
    expect(await page.evaluate(() => window.disk.writes)).toBe(0);
    await app.goTo('Plans');
    await app.press('Unlink', card);
    await expect(app.button('Link a new file', card)).toBeVisible();
  });
}

test('a file of another plan is not touched', async ({ app, elsewhere, page }) => {
  await elsewhere.open();
  await elsewhere.lookAtSample();
  const { text } = await elsewhere.saveAFile('Sample: the glove makers');
  await link(app, page, text);
  await expect(app.card('Linked file')).toContainText('It holds another plan. It was not touched');
  expect(await onDisk(page)).toBe(text);
});

test('the browser may want a click, and a file may be locked', async ({ app, page }) => {
  await link(app, page);
  const card = app.card('Linked file');
  await expect(card).toContainText('In step');
  await page.evaluate(() => {
    window.disk.permission = 'prompt';
  });
  await comeBack(page);
  await expect(card).toContainText('The browser wants a click');
  await expectNoAxeViolations(page);
  await app.press('Go on syncing with plan.json', card);
  await expect(card).toContainText('In step');

  await page.evaluate(() => {
    window.disk.fails = true;
  });
  await app.choose('Rename', 'My plan');
  await app.fill({ Name: 'Our plan' });
  await app.press('Save');
  await page.clock.fastForward(2_100);
  await expect(card).toContainText('It cannot be read or written');
  await page.evaluate(() => {
    window.disk.fails = false;
  });
  await app.press('Try again', card);
  await expect(card).toContainText('In step');
  expect(JSON.parse(await onDisk(page)).plan.frame.name).toBe('Our plan');
});

test('a real handle is known again after a reload', async ({ app, page }) => {
  await page.addInitScript(() => {
    const file = async (create) => (await navigator.storage.getDirectory()).getFileHandle('plan.json', { create });
    window.showSaveFilePicker = () => file(true);
    window.disk = async () => (await (await file(false)).getFile()).text();
    // Chromium's private files are granted and need not be asked for.
    FileSystemHandle.prototype.queryPermission ??= async () => 'granted';
    FileSystemHandle.prototype.requestPermission ??= async () => 'granted';
  });
  await app.open();
  await app.start();
  await app.goTo('Plans');
  await app.press('Link a new file');
  const card = app.card('Linked file');
  await expect(card).toContainText('In step');
  await app.reload();
  await expect(card).toContainText('In step');
  await app.goTo('Today');
  await app.checkIn('Monthly visitors', '5k');
  await page.clock.fastForward(2_100);
  // While the page puts a new text in place of the old one, a reader of the old one is refused.
  await expect(async () => {
    const { plan } = JSON.parse(await page.evaluate(() => window.disk()));
    expect(plan.key_results[0].check_ins).toHaveLength(1);
  }).toPass();
});

test('where a browser writes no files, there is no such card', async ({ app, page }) => {
  await page.addInitScript(() => delete window.showSaveFilePicker);
  await app.open('/plans');
  await expect(app.card('Your plans')).toBeVisible();
  await expect(app.card('Linked file')).toHaveCount(0);
});
