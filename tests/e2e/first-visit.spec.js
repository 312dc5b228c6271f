import { expect, test } from './support/fixtures.js';

test('from the first visit to the first check-in by keyboard alone', async ({ app }) => {
  const { keys } = app;
  const answer = async (question, text) => {
    await keys.tabTo(app.field(question));
    await keys.type(text);
  };
  await app.open();
  await expect(app.title).toHaveText('Where do you want to be in three months?');

  await answer('Where do you want to go?', 'Double our reach');
  await answer('How will you know?', 'Monthly visitors');
  await answer('Now', '4k');
  await answer('Target', '8k');
  await answer('Unit', 'visitors');
  await app.expectSaid('Now', '= 4,000 visitors');
  await app.expectSaid('Target', '= 8,000 visitors');
  await expect(app.field('By when?')).toHaveValue('2026-12-31');
  await expect(app.main).toContainText('4,000 to 8,000 visitors by 31 Dec: about +700 a week.');
  await keys.press('Enter');

  await expect(app.toast('Now the first check-in')).toBeVisible();
  const due = app.card('Due now');
  await expect(app.field('Monthly visitors', due)).toBeFocused();
  await keys.type('+500');
  await expect(due).toContainText('= 4,500 visitors (+500 visitors)');
  await keys.press('Enter');

  await expect(app.toast('Checked in.')).toBeVisible();
  await expect(due).toContainText('Nothing is due.');
  await expect(due.getByRole('heading', { name: 'Due now' })).toBeFocused();
  const objective = app.row('Double our reach');
  await expect(objective).toContainText('13%');
  await expect(objective).toContainText('On track');
  await expect(app.card('Lately')).toContainText('Monthly visitors 4,500');
  await expect(app.main).toContainText('Only in this browser.');
  await expect(app.button('Save a file')).toBeVisible();

  const [told, stored] = [await app.told(), await app.stored()];
  await app.reload();
  expect(await app.told()).toBe(told);
  expect(await app.stored()).toEqual(stored);

  await keys.tabTo(app.button('Save a file'));
  const saved = app.page.waitForEvent('download');
  await keys.press('Enter');
  expect((await saved).suggestedFilename()).toBe('My plan-2026-11-21.json');
  await expect(app.main).not.toContainText('Only in this browser.');
  await expect(app.navigation).toContainText('Last file: today.');
});

test('what is missing is said at its field, and nothing typed is lost', async ({ app }) => {
  await app.open();
  await app.fill({ 'Where do you want to go?': 'Stay put', Now: '5', Target: 'five', Unit: 'km' });
  await app.press('Set this course');

  await expect(app.field('How will you know?')).toBeFocused();
  await app.expectSaid('How will you know?', 'Write something here first.');
  await app.expectSaid('Target', '“five” is not part of a number. Try 4000, 4k or +5.');
  await expect(app.field('Target')).toHaveAttribute('aria-invalid', 'true');
  await expect(app.field('Where do you want to go?')).toHaveValue('Stay put');
  await expect(app.field('Now')).toHaveValue('5');
  await expect(app.field('Target')).toHaveValue('five');
  await expect(app.field('Unit')).toHaveValue('km');

  await app.fill({ 'How will you know?': 'Way walked', Target: '10', 'By when?': '2026-11-20' });
  await app.press('Set this course');
  await expect(app.field('By when?')).toBeFocused();
  await app.expectSaid('By when?', 'The end is before the start.');

  await app.fill({ 'By when?': '2026-12-31' });
  await app.press('Set this course');
  await expect(app.field('Way walked', app.card('Due now'))).toBeFocused();
});

test('a target has to differ from where it starts', async ({ app }) => {
  await app.open();
  await app.fill({ 'Where do you want to go?': 'Stay put', 'How will you know?': 'Way', Now: '5', Target: '5' });
  await app.press('Set this course');

  await expect(app.field('Target')).toBeFocused();
  await app.expectSaid('Target', '= 5 Start and target are the same.');
  await expect(app.field('Way')).toHaveCount(0);
  await expect(app.field('Where do you want to go?')).toHaveValue('Stay put');
  expect(await app.stored()).toEqual({});
});

test('numbers are understood as they are typed', async ({ app }) => {
  await app.open();
  await app.fill({ Now: '-5' });
  await app.expectSaid('Now', '= -5');
  await app.fill({ Now: '1,234.5' });
  await app.expectSaid('Now', '= 1,234.5');
  await app.fill({ Now: '1.2k' });
  await app.expectSaid('Now', '= 1,200');
  await app.fill({ Now: '+5' });
  await app.field('Target').focus();
  await app.expectSaid('Now', 'There is no earlier value to add to. Write the value itself.');
});

test('a percentage is a number only where per cent are counted', async ({ app }) => {
  await app.open();
  await app.fill({ Now: '30%' });
  await app.field('Target').focus();
  await app.expectSaid('Now', 'Only numbers in % take a %: set the unit to % first.');

  await app.fill({ Unit: '%' });
  await app.field('Target').focus();
  await app.expectSaid('Now', '= 30%');
});

test('a step adds to the last value, a minus is a sign', async ({ app }) => {
  await app.open();
  await app.start({ objective: 'Get warm', keyResult: 'Degrees', from: '-10', to: '20', unit: '°C' });
  const due = app.card('Due now');
  await app.fill({ Degrees: '-5' }, due);
  await expect(due).toContainText('= -5 °C');
  await app.fill({ Degrees: '+5' }, due);
  await expect(due).toContainText('= -5 °C (+5 °C)');
  await app.fill({ Degrees: '-=5' }, due);
  await expect(due).toContainText('= -15 °C (-5 °C)');
  await app.press('Save Degrees', due);
  await expect(app.card('Lately')).toContainText('Degrees -15 °C');
});

test.describe('a German reader', () => {
  test.use({ locale: 'de-DE' });

  test('types and reads numbers the German way', async ({ app }) => {
    await app.open();
    await app.fill({ Now: '1,5' });
    await app.expectSaid('Now', '= 1,5');
    await app.fill({ Now: '1.234' });
    await app.expectSaid('Now', '= 1.234');
    await app.fill({ Now: '1.5' });
    await app.field('Target').focus();
    await app.expectSaid('Now', '“1.5” can be read in two ways. Write 1,5.');

    await app.start({ objective: 'Laufen', keyResult: 'Strecke', from: '1,5', to: '1.234', unit: 'km' });
    const due = app.card('Due now');
    await expect(due).toContainText('to 1.234 km');
    await app.fill({ Strecke: '+0,25' }, due);
    await expect(due).toContainText('= 1,75 km (+0,25 km)');
    await app.press('Save Strecke', due);
    await expect(app.card('Lately')).toContainText('Strecke 1,75 km');
  });
});
