import { expect, test } from './support/fixtures.js';

const SAMPLE = 'Sample: the glove makers';

/** The plan of a file, without the day on which the file was made. */
function planOf({ text }) {
  const { exported, ...rest } = JSON.parse(text);
  expect(exported).toBe('2026-11-21');
  return rest;
}

/** A file of the sample plan, and the page that it came from. */
async function sampleFile(app) {
  await app.open();
  await app.lookAtSample();
  return app.saveAFile(SAMPLE);
}

/** The numbers of the preview, by their words. */
async function counts(app, file) {
  const card = app.card(file);
  const [words, numbers] = [card.getByRole('term'), card.getByRole('definition')];
  await expect(numbers.first()).toBeVisible();
  const texts = await Promise.all([words.allTextContents(), numbers.allTextContents()]);
  return Object.fromEntries(texts[0].map((word, at) => [word, Number(texts[1][at])]));
}

test('a plan goes to another browser by a file, and is equal there', async ({ app, elsewhere }) => {
  const file = await sampleFile(app);
  expect(file.name).toBe('Sample the glove makers-2026-11-21.json');
  await expect(app.navigation).toContainText('Last file: today.');

  await elsewhere.open('/plans');
  await elsewhere.chooseFile(file);
  const { plan } = planOf(file);
  const entries = (all, name) => all.reduce((sum, one) => sum + (one[name]?.length ?? 0), 0);
  expect(await counts(elsewhere, file.name)).toEqual({
    objectives: plan.objectives.length,
    'key results': plan.key_results.length,
    'check-ins': entries(plan.key_results, 'check_ins'),
    KPIs: plan.kpis.length,
    readings: entries(plan.kpis, 'readings'),
  });
  await expect(elsewhere.card(file.name)).toContainText('saved 21 November 2026');
  expect(await elsewhere.stored()).toEqual({});

  await elsewhere.press('Keep both');
  await expect(elsewhere.toast(`“${SAMPLE}” is here and open.`)).toBeVisible();
  await expect(elsewhere.title).toHaveText('Week 8 of 13. Three goals and three KPIs need you.');
  await elsewhere.reload();
  expect(planOf(await elsewhere.saveAFile(SAMPLE))).toEqual(planOf(file));
});

test('what people do by hand comes through a file as well', async ({ app, elsewhere }) => {
  await app.open();
  await app.start({ objective: 'Größer – „besser“ ☀', keyResult: 'Quote', from: '-1.5', to: '12.25', unit: '%' });
  await app.checkIn('Quote', '3%');
  await app.undo();
  await app.checkIn('Quote', '+1.25');
  const file = await app.saveAFile('My plan');

  await elsewhere.open('/plans');
  await elsewhere.chooseFile(file);
  await elsewhere.press('Keep both');
  await expect(elsewhere.card('Lately')).toContainText('Quote -0.25%');
  expect(planOf(await elsewhere.saveAFile('My plan'))).toEqual(planOf(file));
});

test('a plan that is there already can stay beside its file', async ({ app }) => {
  await app.open();
  await app.start();
  const file = await app.saveAFile('My plan');
  await app.chooseFile(file);
  await expect(app.card(file.name)).toContainText('You already have this plan, as “My plan”.');
  await app.press('Keep both');
  await expect(app.toast('“My plan (copy)” is here and open.')).toBeVisible();

  await app.goTo('Plans');
  await expect(app.title).toHaveText('Two plans in this browser.');
  await expect(app.row('My plan (copy)', app.card('Your plans'))).toContainText('open now · 1 objective, 0 KPIs');
});

test('a file replaces a plan, and the plan can come back', async ({ app }) => {
  await app.open();
  await app.start();
  const file = await app.saveAFile('My plan');
  await app.goTo('Today');
  await app.checkIn('Monthly visitors', '6k');
  await expect(app.row('Double our reach')).toContainText('50%');

  await app.goTo('Plans');
  await app.chooseFile(file);
  await app.press('Replace mine');
  await expect(app.toast('“My plan” replaced.')).toBeVisible();
  await expect(app.card('Due now')).toContainText('Monthly visitors');
  await expect(app.row('Double our reach')).not.toContainText('50%');

  await app.takeBack('“My plan” replaced.');
  await expect(app.row('Double our reach')).toContainText('50%');
  await app.reload();
  await expect(app.row('Double our reach')).toContainText('50%');
  await app.goTo('Plans');
  await expect(app.title).toHaveText('One plan in this browser.');
});

test('another plan replaces mine, and mine can come back', async ({ app, elsewhere }) => {
  const file = await sampleFile(elsewhere);
  await app.open();
  await app.start();
  const before = planOf(await app.saveAFile('My plan'));
  await app.chooseFile(file);
  await expect(app.card(file.name)).toContainText('let it replace “My plan”, which is open now.');
  await app.press('Replace mine');
  await expect(app.title).toHaveText('Week 8 of 13. Three goals and three KPIs need you.');

  await app.takeBack('“My plan” replaced.');
  await expect(app.row('Double our reach')).toBeVisible();
  await app.reload();
  expect(planOf(await app.saveAFile('My plan'))).toEqual(before);
});

test('a file that is older than my plan says what replacing would lose', async ({ app }) => {
  await app.open();
  await app.start();
  await app.goTo('Objectives');
  await app.press('Add an objective');
  await app.fill({ 'Where do you want to go?': 'Rest well' });
  await app.press('Add objective');
  await expect(app.title).toContainText('Rest well');
  const old = await app.saveAFile('My plan');
  await app.goTo('Today');
  await app.checkIn('Monthly visitors', '5k');
  await app.goTo('Objectives');
  await app.follow('Rest well');
  await app.choose('Delete', 'this objective');
  await app.goTo('Plans');
  await app.choose('Rename', 'My plan', app.card('Your plans'));
  await app.fill({ Name: 'Our plan' });
  await app.press('Save', app.formWith('Name'));

  await app.chooseFile(old);
  const preview = app.card(old.name);
  await expect(preview).toContainText('The file is older than your plan: your plan holds all of it, and more.');
  await expect(preview).toContainText('Replacing would lose: 1 check-in.');
  await expect(preview).toContainText('It would bring in: 1 objective.');
  await expect(preview).toContainText('It would change: the plan’s name or settings.');
  await app.press('Replace mine');
  await expect(app.row('Double our reach')).toContainText('0%');
  await app.takeBack('“Our plan” replaced.');
  await expect(app.row('Double our reach')).toContainText('25%');
  await app.goTo('Plans');
  await app.chooseFile(old);
  await app.press('Replace mine');
  await app.goTo('Plans');
  const backup = app.row('before a file replaced it', app.card('Backups')).first();
  await expect(backup).toBeVisible();
  await app.reload();
  await app.press('Restore', backup);
  await app.goTo('Today');
  await expect(app.row('Double our reach')).toContainText('25%');
  await expect(app.navigation).toContainText('Our plan');

  // Another clock was ahead when it was saved.
  await app.goTo('Plans');
  await app.chooseFile({ ...old, text: old.text.replace('"exported": "2026-11-21"', '"exported": "2027-03-05"') });
  await expect(preview).toContainText('saved on a day that has not come yet');
  await app.press('Cancel', preview);
  const before = await app.stored();
  await app.chooseFile({ ...old, text: old.text.replace(/"version": \d+,/, '"version": 99,') });
  await expect(app.warning).toContainText('This file was made by a newer Bearings (version 99).');
  expect(await app.stored()).toEqual(before);
});

test('looking at a file and walking away changes nothing', async ({ app }) => {
  const file = await sampleFile(app);
  const before = await app.stored();
  await app.chooseFile(file);
  await expect(app.card(file.name)).toBeVisible();
  await app.press('Cancel');
  await expect(app.card(file.name)).toHaveCount(0);
  expect(await app.stored()).toEqual(before);
});

test('a corrupt file is refused with every problem and its place', async ({ app }) => {
  const file = await sampleFile(app);
  const corrupt = JSON.parse(file.text);
  corrupt.plan.cycles[1].span.end = '2026-02-30';
  corrupt.plan.key_results[3].objective = '01a1fd1e-9245-747c-9c7b-ffffffffffff';
  corrupt.plan.objectives[0].colour = 'red';
  // Ids are drawn anew for each sample, so its KPIs stand in any order; a computed one has no readings.
  const { kpis } = corrupt.plan;
  const read = kpis.findIndex((kpi) => kpi.readings?.length > 1);
  const named = kpis.findIndex((kpi) => kpi !== kpis[read]);
  delete kpis[named].name;
  kpis[read].readings[1].value = '3,420';
  const [told, stored] = [await app.told(), await app.stored()];

  await app.chooseFile({ name: 'corrupt.json', text: JSON.stringify(corrupt, null, 2) });
  const refusal = app.warning;
  await expect(refusal).toContainText('corrupt.json');
  await expect(refusal).toContainText('nothing was changed');
  await expect(refusal).toContainText('This file has 5 problems.');
  const problem = (path) => refusal.getByRole('listitem').filter({ hasText: path });
  await expect(problem('$.plan.cycles[1].span.end')).toContainText('date');
  await expect(problem('$.plan.key_results[3].objective')).toContainText(
    'Refers to something that is not in the plan.',
  );
  await expect(problem('$.plan.objectives[0].colour')).toContainText('Unknown field');
  await expect(problem(`$.plan.kpis[${named}]`)).toContainText('“name” is missing.');
  await expect(problem(`$.plan.kpis[${read}].readings[1].value`)).toContainText('Expected a number.');
  await expect(app.button('Keep both')).toHaveCount(0);

  expect(await app.stored()).toEqual(stored);
  await app.goTo('Today');
  await app.goTo('Plans');
  expect(await app.told()).toBe(told);
});

const CUT_OFF = /^This is not a Bearings file, or it was cut off: reading stopped at line \d+, column \d+\.$/;

for (const [what, broken, headline] of [
  ['is cut off', (text) => text.slice(0, text.length / 2), CUT_OFF],
  ['is empty', () => '', CUT_OFF],
  ['is something else', () => '{"name": "a package", "version": "1.0.0"}', /^This is not a Bearings plan\.$/],
  ['comes from the future', (text) => text.replace(/"version": \d+,/, '"version": 99,'), /^This file was made by a newer/],
]) {
  test(`a file that ${what} is refused, and nothing changes`, async ({ app }) => {
    const { text } = await sampleFile(app);
    const stored = await app.stored();
    await app.chooseFile({ name: 'broken.json', text: broken(text) });
    const refusal = app.warning;
    await expect(refusal).toContainText('nothing was changed');
    await expect(refusal.getByRole('paragraph').first()).toHaveText(headline);
    expect(await app.stored()).toEqual(stored);
  });
}

test('a file can be dropped', async ({ app, elsewhere, page }) => {
  const { name, text } = await sampleFile(elsewhere);
  await app.open('/plans');
  const dragged = await page.evaluateHandle(([fileName, content]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], fileName, { type: 'application/json' }));
    return transfer;
  }, [name, text]);
  const target = app.main.getByText('Drop a Bearings file here');
  for (const event of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(event, { dataTransfer: dragged });
  await expect(app.card(name)).toContainText(SAMPLE);
  await app.press('Keep both');
  await expect(app.title).toHaveText('Week 8 of 13. Three goals and three KPIs need you.');
});

test('a file that is no text says why, and from where on', async ({ app }) => {
  await app.open('/plans');
  const choose = (buffer) =>
    app.main.getByLabel('Choose a file').setInputFiles({ name: 'plan.json', mimeType: 'application/json', buffer });
  const reasons = [
    [Buffer.from('\ufeff{"type":"bearings/plan"}', 'utf16le'), 'This file is not UTF-8 text from byte 1 on. Save it as UTF-8'],
    [Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x7d]), 'This file is not UTF-8 text from byte 3 on.'],
    [Buffer.from([0x1f, 0x8b, 8, 0, 0]), 'This is a gzip file. Unpack it'],
    [Buffer.from([0x50, 0x4b, 3, 4, 0]), 'This is a zip file. Unpack it'],
    [Buffer.from('{"type":"\\ud800"}'), 'has half a character (\\ud800 to \\udfff alone) at line 1, column'],
  ];
  for (const [buffer, reason] of reasons) {
    await choose(buffer);
    await expect(app.main.getByRole('alert')).toContainText(reason);
  }
});
