import { expect, expectNoAxeViolations, test } from './support/fixtures.js';
import { oneOfEach, openWeekly, weekly } from './support/weekly.js';

/** The plan, with the walk through all that is due begun on Today. */
async function begin(app, text) {
  await openWeekly(app, text);
  await app.goTo('Today');
  await app.main.getByRole('link', { name: 'Check in one by one' }).click();
  await expect(app.main.getByRole('form')).toBeVisible();
}

/** What is on the screen, its value, and what is said about it. */
const named = (app, name) => app.main.getByRole('form', { name, exact: true });
const value = (app, name) => app.main.getByRole('textbox', { name: `Value of ${name}`, exact: true });
const confidence = (app, name) => app.main.getByRole('slider', { name: `Confidence in ${name}`, exact: true });
const stop = (app, name) => app.card(/^All \d+$/).getByRole('button', { name: new RegExp(`^${name}( |$)`) });

/** Keys, counted. */
class Counted {
  constructor(page) {
    this.page = page;
    this.count = 0;
  }

  async type(text) {
    this.count += text.length;
    await this.page.keyboard.type(text);
  }

  async press(...keys) {
    this.count += keys.length;
    for (const key of keys) await this.page.keyboard.press(key);
  }
}

test('fifteen key results are checked in by the keyboard alone', async ({ app, page }) => {
  await begin(app, weekly(15));
  await expect(app.title).toHaveText('15 to check in.');
  const keys = new Counted(page);
  const started = performance.now();
  for (let n = 1; n <= 15; n += 1) {
    const name = `Number ${n}`;
    await expect(value(app, name)).toBeFocused();
    if (n === 4) await keys.press('=');
    else if (n === 9) await keys.press('PageDown');
    else {
      // A step, a whole number with its multiplier, or the number itself: never waited for, as a quick hand would not.
      await keys.type(n % 3 === 0 ? '+5' : n % 3 === 1 ? `${100 * n + 20}` : `${(n / 10 + 0.05).toFixed(2)}k`);
      if (n % 2 === 0) {
        await keys.press('Tab', String(n % 10));
      }
      if (n === 5) {
        await keys.press('Tab', 'Tab');
        await keys.type('The form = too long.');
      }
      await keys.press('Enter');
    }
  }
  const seconds = (performance.now() - started) / 1000;
  await expect(app.title).toHaveText('14 checked in, one still due.');
  await expect(app.main.getByRole('heading', { name: 'Checked in', exact: true })).toBeFocused();
  console.log(`15 key results: ${keys.count} keys, ${seconds.toFixed(1)} s by script, about ${Math.round(keys.count * 0.5 + 15 * 6)} s at two keys a second and six seconds of thought for each`);

  await expect(stop(app, 'Number 1')).toContainText('120');
  await expect(stop(app, 'Number 3')).toContainText('315');
  await expect(stop(app, 'Number 4')).toContainText('410 · no change');
  await expect(stop(app, 'Number 9')).toContainText('skipped');
  await expect(app.main.getByRole('term')).toHaveText(['checked in', 'no change', 'skipped']);
  await expect(app.main.getByRole('definition')).toHaveText(['13', '1', '1']);

  await app.press('Go to the one still due');
  await expect(value(app, 'Number 9')).toBeFocused();
  await page.keyboard.type('905');
  await page.keyboard.press('Enter');
  await expect(app.title).toHaveText('All checked in.');
  await app.main.getByRole('link', { name: 'To Today' }).click();
  await expect(app.card('Due now')).toContainText('Nothing is due.');
  await app.goTo('Objectives');
  await app.follow('Goal 2');
  await expect(app.card('Story')).toContainText('The form = too long.');
  // What was checked in is stored.
  await app.reload();
  await expect(app.card('Story')).toContainText('The form = too long.');
  await app.open('/check-in');
  await expect(app.title).toHaveText('Nothing is due.');
  await expect(app.main.getByRole('heading', { level: 2 })).toHaveText('Next in 5 days, on 26 Nov.');
});

test('keys typed at once are all understood, whatever is on the screen by then', async ({ app, page }) => {
  await begin(app, weekly(6));
  await expect(value(app, 'Number 1')).toBeFocused();
  // In one go within the page: nothing is painted in between.
  for (const n of [1, 2, 3, 4, 5, 6]) await page.keyboard.type(`${100 * n + 7}\n`);
  await expect(app.title).toHaveText('All checked in.');
  for (const n of [1, 2, 3, 4, 5, 6]) await expect(stop(app, `Number ${n}`)).toContainText(`${100 * n + 7}`);
});

test('what is typed stays while one goes back and forth, and even elsewhere', async ({ app, page }) => {
  await begin(app, weekly(4));
  await page.keyboard.type('12x');
  await page.keyboard.press('Tab');
  await page.keyboard.press('7');
  await page.keyboard.press('Tab');
  await page.keyboard.type('half\nof it');
  // Enter saves from the note as well; the value is none yet.
  await expect(value(app, 'Number 1')).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('PageDown');
  await expect(value(app, 'Number 2')).toBeFocused();
  await page.keyboard.type('+3');
  await page.keyboard.press('PageUp');
  await expect(value(app, 'Number 1')).toHaveValue('12x');
  await expect(confidence(app, 'Number 1')).toHaveAttribute('aria-valuetext', '7 of 10');
  await expect(app.field('Note')).toHaveValue('halfof it');
  await expect(stop(app, 'Number 1')).toContainText('skipped');
  await stop(app, 'Number 2').click();
  await expect(value(app, 'Number 2')).toHaveValue('+3');
  await expect(value(app, 'Number 2')).toBeFocused();

  await app.main.getByRole('link', { name: 'Goal 1' }).click();
  await expect(app.title).toContainText('Goal 1');
  await page.goBack();
  await expect(value(app, 'Number 2')).toHaveValue('+3');
  await page.keyboard.press('PageUp');
  await expect(value(app, 'Number 1')).toHaveValue('12x');

  await page.keyboard.press('Escape');
  await expect(value(app, 'Number 1')).toHaveValue('');
  await expect(app.field('Note')).toHaveValue('');
  await expect(confidence(app, 'Number 1')).toHaveAttribute('aria-valuetext', 'not stated');
});

test('what is half typed survives a reload, here or elsewhere, until it is saved', async ({ app, page }) => {
  await begin(app, weekly(3));
  await page.keyboard.type('12x');
  await page.keyboard.press('Tab');
  await page.keyboard.press('7');
  await page.keyboard.press('Tab');
  await page.keyboard.type('half of it');
  await page.keyboard.press('PageDown');
  await page.keyboard.type('+3');
  await app.reload();
  await expect(value(app, 'Number 2')).toHaveValue('+3');
  await expect(stop(app, 'Number 1')).toContainText('skipped');
  await page.keyboard.press('PageUp');
  await expect(value(app, 'Number 1')).toHaveValue('12x');
  await expect(confidence(app, 'Number 1')).toHaveAttribute('aria-valuetext', '7 of 10');
  await expect(app.field('Note')).toHaveValue('half of it');

  await app.goTo('Objectives');
  await app.reload();
  await app.open('/check-in');
  await expect(value(app, 'Number 1')).toHaveValue('12x');
  await value(app, 'Number 1').fill('115');
  await page.keyboard.press('Enter');
  await expect(app.toast('Number 1: 115 pairs.')).toBeVisible();
  // What the walk wrote is corrected rather than said twice, after a reload too.
  await app.reload();
  await stop(app, 'Number 1').click();
  await value(app, 'Number 1').fill('116');
  await page.keyboard.press('Enter');
  await expect(app.toast('Number 1: 116 pairs.')).toBeVisible();
  await expect(value(app, 'Number 2')).toHaveValue('+3');
  await page.keyboard.press('Enter');
  await value(app, 'Number 3').fill('309');
  await page.keyboard.press('Enter');
  await expect(app.title).toHaveText('All checked in.');
  await app.goTo('Objectives');
  await app.follow('Goal 1');
  await expect(app.card('Story').getByRole('listitem').filter({ hasText: 'Number 1' })).toHaveCount(2);
  // Saved is saved: nothing is left of what was typed.
  await app.reload();
  const drafts = () => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes('draft')));
  expect(await drafts()).toEqual([]);
});

test('what is half typed goes with what it is about, and with its day', async ({ app, page }) => {
  await begin(app, weekly(3));
  await page.keyboard.type('111');
  await page.keyboard.press('PageDown');
  await page.keyboard.type('222');
  await app.goTo('Objectives');
  await app.follow('Goal 1');
  await app.choose('Delete', 'Number 2');
  await app.reload();
  await app.open('/check-in');
  await expect(value(app, 'Number 1')).toHaveValue('111');
  await expect(stop(app, 'Number 2')).toHaveCount(0);
  await page.clock.setSystemTime(new Date('2026-11-22T09:00:00Z'));
  await app.reload();
  await expect(value(app, 'Number 1')).toHaveValue('');
});

test('going back corrects what was saved, and undo brings it back to the list', async ({ app, page }) => {
  await begin(app, weekly(2));
  await page.keyboard.type('+5');
  await page.keyboard.press('Enter');
  await expect(app.toast('Number 1: 115 pairs.')).toBeVisible();
  await expect(value(app, 'Number 2')).toBeFocused();
  await page.keyboard.press('PageUp');
  // The step has become the number that is saved, beside the one before it.
  await expect(value(app, 'Number 1')).toHaveValue('115');
  await expect(app.main).toContainText('was 110 pairs on 6 Nov');
  await value(app, 'Number 1').fill('+6');
  await page.keyboard.press('Enter');
  await expect(app.toast('Number 1: 116 pairs.')).toBeVisible();
  await app.takeBack('Number 1: 116 pairs.');
  await expect(app.title).toHaveText('One to check in.');
  await expect(stop(app, 'Number 1')).toContainText('115');
  await app.undo();
  await expect(app.title).toHaveText('Two to check in.');
  await expect(stop(app, 'Number 1')).toHaveAccessibleName(/to come/);
  await app.redo();
  await expect(app.title).toHaveText('One to check in.');
  // A correction is no second entry.
  await app.goTo('Objectives');
  await app.follow('Goal 1');
  await expect(app.card('Story').getByRole('listitem').filter({ hasText: 'Number 1' })).toHaveCount(2);
});

test('an empty field says what to press; a typed value is not lost by a key', async ({ app, page }) => {
  await begin(app, weekly(2));
  await page.keyboard.press('Enter');
  await app.expectSaid('Value of Number 1', 'was 110 pairs on 6 Nov Write the value, = says that nothing has changed, PgDn skips it.');
  await page.keyboard.type('130');
  await expect(app.button('No change: 110, confidence 6')).toBeDisabled();
  await page.keyboard.press('=');
  await app.expectSaid('Value of Number 1', '= 130 pairs A value is typed here: Enter saves it, Esc empties the field.');
  await page.keyboard.press('Enter');
  await app.press('No change: 210, confidence 6');
  await expect(app.title).toHaveText('All checked in.');
  await page.keyboard.press('PageUp');
  await expect(value(app, 'Number 2')).toHaveValue('210');
  await expect(confidence(app, 'Number 2')).toHaveAttribute('aria-valuetext', '6 of 10');
});

test('what a KPI feeds writes a reading and a check-in, and one undo takes both back', async ({ app, page }) => {
  await begin(app, oneOfEach());
  await page.keyboard.press('PageDown');
  await expect(named(app, 'Less scrap')).toContainText('Its value is saved as a reading of Scrap rate');
  await expect(app.main).toContainText('was 8% on 2 Nov');
  await page.keyboard.type('7');
  await page.keyboard.press('Tab');
  await page.keyboard.press('8');
  await page.keyboard.press('Enter');
  await expect(app.toast('Less scrap: 7%.')).toBeVisible();
  // Its KPI was due as well, and is no more.
  await expect(stop(app, 'Scrap rate')).toHaveAccessibleName(/checked in/);

  await app.goTo('Objectives');
  await app.follow('Ship better gloves');
  await expect(app.row('Less scrap', app.card('Story'))).toContainText('confidence 8');
  await app.goTo('KPIs');
  await app.follow('Scrap rate');
  await expect(app.row('7%', app.card('Readings'))).toBeVisible();
  await app.undo();
  await expect(app.toast('Undone: check-in on Less scrap.')).toBeVisible();
  await expect(app.row('7%', app.card('Readings'))).toHaveCount(0);
  await app.goTo('Objectives');
  await app.follow('Ship better gloves');
  await expect(app.row('Less scrap', app.card('Story'))).toHaveCount(0);
});

test('the page of an objective follows the same rule, and its history can be edited and deleted', async ({ app }) => {
  await openWeekly(app, oneOfEach());
  await app.goTo('Objectives');
  await app.follow('Ship better gloves');
  const [form, story] = [app.card('Check in'), app.card('Story')];
  await app.fill({ 'Key result': 'Less scrap' }, form);
  await app.fill({ Value: '6', Note: 'Sharper knives' }, form);
  await app.press('Save', form);
  await expect(app.row('Less scrap', app.card('Key results'))).toContainText('6%');

  const entry = app.row('Sharper knives', story);
  await app.press('Edit check-in of 21 Nov', entry);
  await expect(entry.getByRole('link', { name: 'Scrap rate' })).toBeVisible();
  await expect(app.field('Value', entry)).toHaveCount(0);
  await app.fill({ Note: 'Sharper knives, twice a day' }, entry);
  await app.press('Save', entry);
  await expect(app.row('twice a day', story)).toBeVisible();
  await app.press('Delete check-in of 21 Nov', app.row('twice a day', story));
  await expect(app.row('twice a day', story)).toHaveCount(0);
  await app.takeBack('Check-in deleted.');
  await expect(app.row('twice a day', story)).toBeVisible();
  await app.undo();
  await expect(app.row('twice a day', story)).toHaveCount(0);
  await expect(app.row('Sharper knives', story)).toBeVisible();
});

test('done or not, steps and readings are checked in as they are', async ({ app, page }) => {
  await begin(app, oneOfEach());
  await page.keyboard.press('=');
  await page.keyboard.press('=');
  const done = app.main.getByRole('checkbox', { name: 'Done of The hall is open' });
  await expect(done).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(app.toast('The hall is open: done.')).toBeVisible();

  // Steps that are done are passed over.
  await expect(app.main.getByRole('checkbox', { name: 'First pair' })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(app.main).toContainText('2 of 2 steps done');
  await page.keyboard.press('Enter');
  await expect(stop(app, 'The new line runs')).toContainText('100%');

  await expect(value(app, 'Returns')).toBeFocused();
  await page.keyboard.type('1.5');
  await page.keyboard.press('Enter');
  await expect(app.title).toHaveText('All checked in.');
  await expect(app.main.getByRole('list', { name: 'What stands out now' })).toContainText('The hall is open');
  await app.goTo('KPIs');
  await expect(app.main).toContainText('Every number is up to date.');
});

for (const [width, colorScheme] of [[320, 'dark'], [768, 'light'], [1440, 'light']]) {
  test(`at ${width} pixels, ${colorScheme}, every screen of the walk is good`, async ({ app, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const good = async () => {
      await app.expectNoSidewaysScroll();
      await expectNoAxeViolations(page);
    };
    await app.open('/check-in');
    await expect(app.title).toHaveText('Nothing is due.');
    await good();
    await begin(app, oneOfEach());
    await good();
    await page.keyboard.press('Enter');
    await good();
    for (let at = 0; at < 5; at += 1) {
      await page.keyboard.press('=');
      await expect(app.toast('.').first()).toBeVisible();
      await good();
    }
    await expect(app.title).toHaveText('All checked in.');
    await page.reload();
    await expect(app.title).toHaveText('Nothing is due.');
    await good();
  });
}
