// What a person types: units, slips of the hand, keys of an input method.
import { expect, expectNoAxeViolations, test } from './support/fixtures.js';
import { oneOfEach, openWeekly, watched, weekly } from './support/weekly.js';

/** A first plan with one key result, on Today; gives its card of what is due. */
async function startWith(app, keyResult, more) {
  await app.open();
  await app.start({ objective: 'Get fit', keyResult, ...more });
  return app.card('Due now');
}

/** What is asked before something odd is saved. */
const asked = (app, text, within = app.main) => within.getByRole('alert').filter({ hasText: text });

test.describe('units', () => {
  test('the own unit comes before any multiple, wherever a value is typed', async ({ app }) => {
    const due = await startWith(app, 'Longest swim', { from: '0', to: '1000', unit: 'm' });
    await app.fill({ 'Longest swim': '5 m' }, due);
    await expect(due).toContainText('= 5 m');
    await app.fill({ 'Longest swim': '5 M' }, due);
    await expect(due).toContainText('= 5 m');
    await app.fill({ 'Longest swim': '9 h' }, due);
    await app.press('Save Longest swim', due);
    await expect(due).toContainText('This is counted in m, not in h. Write the number in m.');
    await app.checkIn('Longest swim', '5m');
    await app.goTo('Objectives');
    await app.follow('Get fit');
    await expect(app.card('Story')).toContainText('Longest swim 5');
    await app.fill({ Value: '25 m' }, app.card('Check in'));
    await app.press('Save', app.card('Check in'));
    await expect(app.card('Story')).toContainText('Longest swim 25');
  });

  test('a letter that may be a unit or a multiple is asked, and both answers are understood', async ({ app }) => {
    const due = await startWith(app, 'Run', { from: '0', to: '100', unit: 'h' });
    for (const [typed, said] of [
      ['30m', '“30m” can be read in two ways. Write 30 or 30M.'],
      ['5t', '“5t” can be read in two ways. Write 5 or 5k.'],
    ]) {
      await app.fill({ Run: typed }, due);
      await app.press('Save Run', due);
      await expect(due).toContainText(said);
    }
    await app.fill({ Run: '5k' }, due);
    await expect(due).toContainText('= 5,000 h');
    await app.checkIn('Run', '9h');
    await expect(app.card('Lately')).toContainText('Run 9 h');
  });

  test('a unit that is typed behind the numbers of a new key result is taken from there', async ({ app }) => {
    await startWith(app, 'Run', { from: '0', to: '100', unit: 'h' });
    await app.goTo('Objectives');
    await app.follow('Get fit');
    await app.press('Add a key result', app.card('Key results'));
    const form = app.formWith('What do you measure?');
    await app.fill({ 'What do you measure?': 'Books read', From: '0', To: '12 books' }, form);
    await app.press('Add key result', form);
    await expect(app.row('Books read', app.card('Key results'))).toContainText('12 books');
  });
});

test.describe('odd values and days', () => {
  test('on Today: what was probably meant is the first choice', async ({ app, page }) => {
    const due = await startWith(app, 'Weight', { from: '85', to: '78', unit: 'kg' });
    await app.field('Weight', due).fill('828');
    await page.keyboard.press('Enter');
    const question = asked(app, 'Really 828 kg? It starts at 85 kg. That is 10 times as much.', due);
    await expect(question).toBeVisible();
    await expect(app.card('Lately')).toHaveCount(0);
    await expectNoAxeViolations(page);
    // Typing on withdraws it.
    await app.field('Weight', due).pressSequentially('0');
    await expect(question).toHaveCount(0);
    await app.field('Weight', due).fill('828');
    await app.press('Save Weight', due);
    await app.press('Save 82.8 kg', due);
    await expect(app.toast('Checked in.')).toBeVisible();
    await expect(app.card('Lately')).toContainText('Weight 82.8 kg');
  });

  test.describe('by touch', () => {
    test.use({ hasTouch: true });

    test('on Today: one tap takes what was probably meant', async ({ app }) => {
      const due = await startWith(app, 'Weight', { from: '85', to: '78', unit: 'kg' });
      await app.field('Weight', due).fill('8.28');
      await app.button('Save Weight', due).tap();
      await expect(asked(app, 'Really 8.28 kg? It starts at 85 kg. That was 10 times as much.', due)).toBeVisible();
      await app.button('Save 82.8 kg', due).tap();
      await expect(app.card('Lately')).toContainText('Weight 82.8 kg');
    });
  });

  test('on Today: Enter again keeps what is typed', async ({ app, page }) => {
    const due = await startWith(app, 'Weight', { from: '85', to: '78', unit: 'kg' });
    await app.field('Weight', due).fill('828');
    await page.keyboard.press('Enter');
    await expect(asked(app, 'Really 828 kg?', due)).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(app.card('Lately')).toContainText('Weight 828 kg');
  });

  test('on the page of an objective: value, way and day', async ({ app, page }) => {
    await openWeekly(app, weekly(1));
    await app.goTo('Objectives');
    await app.follow('Goal 1');
    const [form, story] = [app.card('Check in'), app.card('Story')];
    await app.field('Value', form).fill('-3');
    await page.keyboard.press('Enter');
    await expect(asked(app, 'Really -3 pairs? It was 110 pairs on 6 Nov. Nothing was below zero so far.', form)).toBeVisible();
    await app.press('Save 107 pairs', form);
    await expect(story).toContainText('Number 1 107');

    await app.field('Value', form).fill('5');
    await page.keyboard.press('Enter');
    await expect(asked(app, 'Really 5 pairs? It was 107 pairs on 21 Nov. That was 21 times as much.', form)).toBeVisible();
    await app.field('Value', form).fill('112');
    await app.fill({ Date: '2025-11-12' }, form);
    await app.press('Save', form);
    await expect(asked(app, 'Really 12 November 2025? It starts on 1 October 2026.', form)).toBeVisible();
    await app.press('Save for 12 November 2026', form);
    await expect(app.row('Number 1 112', story)).toContainText('12 Nov');

    // A correction is asked as well, but not for what is there already.
    const entry = app.row('Number 1 112', story);
    await app.press('Edit check-in of 12 Nov', entry);
    await app.field('Value', story).fill('1120');
    await app.press('Save', story);
    await expect(asked(app, 'Really 1,120 pairs?', story)).toBeVisible();
    await app.press('Keep 1,120 pairs', story);
    await expect(app.row('Number 1 1,120', story)).toBeVisible();
    await app.press('Edit check-in of 12 Nov', app.row('Number 1 1,120', story));
    await app.field('Note', story).fill('It is so');
    await app.press('Save', story);
    await expect(app.row('It is so', story)).toBeVisible();
  });

  test('a key result that has not begun asks before it is checked in', async ({ app, page }) => {
    await openWeekly(app, weekly(1));
    await page.clock.setSystemTime(new Date('2026-09-28T09:00:00Z'));
    await app.reload();
    await app.goTo('Objectives');
    await app.follow('Goal 1');
    const form = app.card('Check in');
    await app.field('Value', form).fill('120');
    await page.keyboard.press('Enter');
    await expect(asked(app, 'Really 28 September 2026? It starts on 1 October 2026.', form)).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(app.card('Story')).toContainText('Number 1 120');
  });

  test('in the walk, by keys and by touch, and a minus is no step', async ({ app, page }) => {
    await openWeekly(app, weekly(3));
    await app.open('/check-in');
    const value = (n) => app.main.getByRole('textbox', { name: `Value of Number ${n}`, exact: true });
    await expect(value(1)).toBeFocused();
    await page.keyboard.type('1120');
    await page.keyboard.press('Enter');
    await expect(asked(app, 'Really 1,120 pairs? It was 110 pairs on 6 Nov. That is 10 times as much.')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(app.toast('Number 1: 1,120 pairs.')).toBeVisible();
    await expect(value(2)).toBeFocused();
    await page.keyboard.type('-3');
    await page.keyboard.press('Enter');
    await app.press('Save 207 pairs');
    await expect(app.toast('Number 2: 207 pairs.')).toBeVisible();
    // Behind a sign, "=" belongs to the step.
    await expect(value(3)).toBeFocused();
    await page.keyboard.type('-=3');
    await expect(value(3)).toHaveValue('-=3');
    await page.keyboard.press('Enter');
    await expect(app.toast('Number 3: 307 pairs.')).toBeVisible();
    await expect(app.title).toHaveText('All checked in.');
  });

  test('readings of a KPI, for today, for another day, and corrected', async ({ app, page }) => {
    await openWeekly(app, watched([80, 82, 81, 82.9]));
    await app.goTo('KPIs');
    await app.follow('Defects');
    const form = app.card('New reading');
    await app.field('Defects', form).fill('828');
    await page.keyboard.press('Enter');
    await expect(asked(app, 'Really 828? It was 82.9 on 11 Nov. That is 10 times as much.', form)).toBeVisible();
    await app.press('Save 82.8', form);
    await expect(app.toast('Reading saved.')).toBeVisible();
    await form.getByText('For another day, or with a note').click();
    await app.fill({ Value: '81', Date: '2025-11-19' }, form);
    await app.press('Save', form);
    await expect(asked(app, 'Really 19 November 2025? Nothing else was entered around that day.', form)).toBeVisible();
    await app.press('Save for 19 November 2026', form);
    await expect(app.row('19 Nov', app.card('Readings'))).toContainText('81');
  });
});

test('nothing typed is no check-in anywhere, and a confidence alone is one everywhere', async ({ app, page }) => {
  await openWeekly(app, oneOfEach());
  const write = 'Write the value, a confidence or a note.';
  await app.goTo('Today');
  const due = app.card('Due now');
  await app.press('Save Number 1', due);
  await expect(due.getByText(write)).toBeVisible();
  await app.press('Save The hall is open', due);
  await expect(due.getByText('Tick it once it is done, or write a confidence or a note.')).toBeVisible();
  await app.press('Save The new line runs', due);
  await expect(due.getByText('Write a confidence or a note.', { exact: true })).toBeVisible();
  await app.press('Save Returns', due);
  await expect(due.getByText('A number is needed here.')).toBeVisible();
  const confidence = (name, within) => within.getByRole('slider', { name: `Confidence in ${name}`, exact: true });
  await confidence('The hall is open', due).press('2');
  await app.press('Save The hall is open', due);
  await expect(app.toast('Checked in.')).toBeVisible();

  await app.goTo('Objectives');
  await app.follow('Ship better gloves');
  const [form, story] = [app.card('Check in'), app.card('Story')];
  await expect(app.row('The hall is open', story)).toContainText('confidence 2');
  await app.fill({ 'Key result': 'Number 1' }, form);
  await app.press('Save', form);
  await expect(form.getByText(write)).toBeVisible();
  await expect(app.field('Value', form)).toBeFocused();
  await app.fill({ 'Key result': 'The new line runs' }, form);
  await app.press('Save', form);
  await expect(form.getByText('Write a confidence or a note.', { exact: true })).toBeVisible();
  await confidence('The new line runs', form).press('7');
  await app.press('Save', form);
  await expect(app.row('The new line runs', story)).toContainText('confidence 7');

  await app.open('/check-in');
  await expect(app.main.getByRole('textbox', { name: 'Value of Number 1', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await app.expectSaid('Value of Number 1', 'was 110 pairs on 6 Nov Write the value, = says that nothing has changed, PgDn skips it.');
  await confidence('Number 1', app.main).press('4');
  await page.keyboard.press('Enter');
  await expect(app.toast('Number 1: checked in.')).toBeVisible();
});

test.describe('an input method', () => {
  /** Composes a text where the cursor is, and ends it with Enter as Safari tells of it: after the end, by its code. */
  async function compose(field, text) {
    await field.focus();
    await field.evaluate((element, composed) => {
      const tell = (event) => element.dispatchEvent(event);
      tell(new CompositionEvent('compositionstart', { bubbles: true }));
      element.value += composed;
      tell(new InputEvent('input', { bubbles: true, isComposing: true }));
      tell(new CompositionEvent('compositionend', { bubbles: true, data: composed }));
      const enter = { key: 'Enter', code: 'Enter', keyCode: 229, which: 229, bubbles: true, cancelable: true };
      if (!tell(new KeyboardEvent('keydown', enter))) throw new Error('the key was taken');
      // Others tell of the key first.
      tell(new KeyboardEvent('keydown', { ...enter, isComposing: true }));
      tell(new KeyboardEvent('keydown', { ...enter, key: 'Escape', code: 'Escape' }));
    }, text);
  }

  test('in the note of the walk', async ({ app, page }) => {
    await openWeekly(app, weekly(2));
    await app.open('/check-in');
    await expect(app.main.getByRole('textbox', { name: 'Value of Number 1', exact: true })).toBeFocused();
    await page.keyboard.type('120');
    const note = app.field('Note');
    await compose(note, '目標');
    await expect(note).toHaveValue('目標');
    await expect(app.title).toHaveText('Two to check in.');
    await page.keyboard.press('Enter');
    await expect(app.title).toHaveText('One to check in.');
  });

  test('in the title of an objective', async ({ app, page }) => {
    await openWeekly(app, weekly(1));
    await app.goTo('Objectives');
    await app.follow('Goal 1');
    await app.press('Edit title');
    const title = app.field('Title');
    await compose(title, '目標');
    await expect(title).toHaveValue('Goal 1目標');
    await page.keyboard.press('Enter');
    await expect(app.title).toContainText('Goal 1目標');
  });

  test('in a form that Escape closes, and in a quick field', async ({ app }) => {
    await openWeekly(app, oneOfEach());
    await app.goTo('Today');
    const due = app.card('Due now');
    await compose(app.field('Number 1', due), '１２０');
    await expect(app.field('Number 1', due)).toHaveValue('１２０');
    await expect(app.toast('Checked in.')).toHaveCount(0);
    await app.goTo('Objectives');
    await app.follow('Ship better gloves');
    await app.press('Add a key result', app.card('Key results'));
    const title = app.field('What do you measure?');
    await compose(title, '目標');
    await expect(title).toHaveValue('目標');
  });

  test('in a formula', async ({ app, page }) => {
    await openWeekly(app, oneOfEach());
    await app.goTo('KPIs');
    await app.press('Add a KPI');
    await app.fill({ Name: 'Ratio', 'Where do its values come from?': 'calculated from other KPIs' });
    const formula = app.field('Formula');
    await formula.pressSequentially('Ret');
    await expect(formula).toHaveAttribute('aria-expanded', 'true');
    await compose(formula, '');
    await expect(formula).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('Enter');
    await expect(formula).toHaveValue(/Returns/);
  });
});

test.describe('in French Switzerland', () => {
  test.use({ locale: 'fr-CH' });

  test('money is understood as it is shown, and as other numbers are', async ({ app }) => {
    const due = await startWith(app, 'Savings', { from: '0', to: '5000', unit: 'EUR' });
    for (const typed of ['1 234.50', '1234.50', '1234,50', '1 234.50 €', '1\u202f234.50\u00a0€']) {
      await app.fill({ Savings: typed }, due);
      await expect(due).toContainText(/= 1\s234\.50\s€/);
    }
  });
});

test.describe('in Egypt', () => {
  test.use({ locale: 'ar-EG' });

  test('there is one set of digits, and what is typed in another is understood', async ({ app }) => {
    const due = await startWith(app, 'Savings', { from: '-2000', to: '5000', unit: 'EUR' });
    await app.fill({ Savings: '٥٫٩٥' }, due);
    await expect(due).toContainText('5.95');
    await app.checkIn('Savings', '-1500.75');
    expect(await app.main.innerText()).not.toMatch(/[\u0660-\u0669]/);
    await app.goTo('KPIs');
    await app.press('Add a KPI');
    await app.fill({ Target: 'at least', Name: 'Balance', Value: '0', Unit: 'EUR', 'First reading': '-1500.75' });
    await app.press('Add KPI');
    await expect(app.row('Balance')).toContainText('1,500.75');
    expect(await app.main.innerText()).not.toMatch(/[\u0620-\u06ff]/);
  });
});
