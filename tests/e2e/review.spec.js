import { expect, expectNoAxeViolations, test } from './support/fixtures.js';

const DAY = 24 * 60 * 60 * 1000;
const NARROW = { width: 320, height: 640 };

/** A quarter with one objective and three key results, on its first day. */
async function begin(app) {
  await app.open('/objectives');
  await app.press('Add a cycle');
  await app.fill({ Name: 'Q4 2026', From: '2026-10-01', To: '2026-12-30' });
  await app.press('Add cycle');
  await app.button('Add an objective').first().click();
  await app.fill({ 'Where do you want to go?': 'Double our reach' });
  await app.press('Add objective');
  for (const [name, to] of [['Visitors', '8,000'], ['Trials', '100'], ['Calls', '50']]) {
    if (name !== 'Visitors') await app.press('Add a key result');
    await app.fill({ 'What do you measure?': name, From: '0', To: to });
    await app.press('Add key result');
    await expect(app.row(name, app.card('Key results'))).toBeVisible();
  }
}

/** Checks a value in, with a confidence, on the page of the objective. */
async function checkIn(app, name, value, confidence) {
  const card = app.card('Check in');
  await app.fill({ 'Key result': name, Value: value }, card);
  const steps = app.field(`Confidence in ${name}`, card);
  await steps.press('Home');
  for (let step = 0; step < confidence; step += 1) await steps.press('ArrowRight');
  await app.press('Save', card);
  await expect(app.field('Value', card)).toHaveValue('');
}

/** Goes on to a later day, as a reload finds it. */
async function goTo(app, day) {
  await app.page.clock.setSystemTime(new Date(`${day}T09:00:00+01:00`));
  await app.reload();
}

/** From the first day of the quarter to the days after it. */
async function quarter(app) {
  await begin(app);
  await checkIn(app, 'Visitors', '3k', 6);
  await checkIn(app, 'Trials', '100', 9);
  await goTo(app, '2027-01-04');
}

const objective = (app) => app.card('Double our reach');
const score = (app) => objective(app).getByRole('textbox', { name: 'Score 0 to 1' });
const fate = (app, name) => app.field(`What becomes of ${name}?`, objective(app));
const close = (app) => app.press('Close Q4 2026');

test.use({ now: '2026-10-01T09:00:00' });

test('a whole quarter: planned, checked in every week, closed, scored, carried over', async ({ app }) => {
  test.setTimeout(120_000);
  await begin(app);
  const first = new Date('2026-10-01T09:00:00+02:00').getTime();
  for (let week = 1; week <= 12; week += 1) {
    const day = new Date(first + week * 7 * DAY - 2 * DAY);
    await goTo(app, day.toISOString().slice(0, 10));
    await checkIn(app, 'Visitors', String(400 * week), 5);
    await checkIn(app, 'Trials', String(Math.min(100, 10 * week)), 9);
  }
  await goTo(app, '2027-01-04');
  await app.goTo('Today');
  await expect(app.title).toHaveText('Q4 2026 has ended and waits to be closed.');
  await app.main.getByRole('link', { name: 'Close Q4 2026 and learn' }).click();
  await expect(app.title).toHaveText('Q4 2026 is over. One objective to look back on.');

  // 4,800 of 8,000, 100 of 100, 0 of 50.
  await expect(score(app)).toHaveValue('0.53');
  await expect(objective(app)).toContainText('0.53 is suggested: the mean of its key results, (60% + 100% + 0%) ÷ 3.');
  await expect(objective(app).getByRole('radio', { name: 'Missed' })).toBeChecked();
  await expect(app.card('Before you close').getByRole('link', { name: 'Calls' })).toBeVisible();
  await expect(app.card('Before you close')).toContainText('Calls never checked in');
  await expect(fate(app, 'Visitors')).toHaveValue('carried');
  await expect(app.row('Visitors', objective(app))).toContainText('Goes on in Q1 2027, from here: 4,800 → 8,000.');
  await expect(fate(app, 'Trials')).toHaveValue('let-go');

  await fate(app, 'Trials').selectOption('Keep as a KPI');
  await expect(app.row('Trials', objective(app))).toContainText('watched: at least 100');
  await fate(app, 'Calls').selectOption('Start again');
  await app.fill({ 'What did we learn?': 'Two numbers are enough.' }, objective(app));
  await app.fill({ 'What do we keep, what do we change?': 'Keep: Fridays.\nChange: fewer goals.' });
  await close(app);

  await expect(app.title).toHaveText('Q4 2026: not achieved.');
  await expect(app.main).toContainText('closed 4 Jan · score 0.53');
  await expect(app.main).toContainText('Keep: Fridays.');
  await expect(objective(app)).toContainText('0.53 Missed');
  await expect(objective(app)).toContainText('Learned: Two numbers are enough.');
  await expect(app.row('Calls', objective(app))).toContainText('Started again: Q1 2027');

  // Twelve times 5 on what was missed, twelve times 9 on what was reached.
  const calibration = app.card('Confidence and what came of it');
  await expect(calibration).toContainText('24 check-ins with a confidence on two key results: 70% sure on average, and 50% were achieved. You were surer than you could be.');
  await expect(calibration.getByRole('row', { name: '9 of 10' })).toContainText('100%1 of 1');
  await expect(calibration.getByRole('row', { name: '5 of 10' })).toContainText('0%0 of 1');
  await expect(calibration).toContainText('Brier score 0.13, where 0 is perfect; saying 50% every time gives 0.25. Skill 48%: your confidence told which ones.');

  await app.row('Trials', objective(app)).getByRole('link', { name: 'Trials' }).click();
  await expect(app.title).toContainText('Trials');
  await expect(app.main).toContainText('at least 100');
  // What was checked in came along.
  await expect(app.row('15 Dec', app.card('Readings'))).toContainText('100');

  await app.goTo('Objectives');
  await expect(app.row('Visitors', app.card('Q1 2027'))).toContainText('4,800 → 8,000');
  await expect(app.row('Calls', app.card('Q1 2027'))).toContainText('0 → 50');
  await expect(app.card('Q1 2027')).not.toContainText('Trials');
  await app.reload();
  await expect(app.row('Double our reach', app.card('Q4 2026'))).toContainText('0.53 Missed');
});

test('a reason is asked for where another score is decided, and nothing typed is lost', async ({ app }) => {
  await quarter(app);
  await app.goTo('Objectives');
  await app.main.getByRole('link', { name: 'Close and learn: Q4 2026' }).click();
  await expect(score(app)).toHaveValue('0.46');
  await app.fill({ 'What did we learn?': 'Ask earlier.' }, objective(app));
  await score(app).fill('7');
  await close(app);
  await expect(score(app)).toBeFocused();
  await expect(score(app)).toHaveAccessibleDescription('Write a number from 0 to 1, such as 0.7.');

  await score(app).fill('0.7');
  await expect(objective(app).getByRole('radio', { name: 'Partly' })).toBeChecked();
  await close(app);
  const reason = app.field('Why not 0.46?');
  await expect(reason).toBeFocused();
  await expect(reason).toHaveAccessibleDescription('The numbers say 0.46. Say why you do not.');
  await expect(app.main).toContainText('Not closed yet: something above is missing.');

  // To look at the objective in between costs nothing.
  await app.follow('Double our reach');
  await app.page.goBack();
  await expect(score(app)).toHaveValue('0.7');
  await expect(app.field('What did we learn?', objective(app))).toHaveValue('Ask earlier.');
  await reason.fill('Calls were never tried.');
  await close(app);
  await expect(objective(app)).toContainText('0.7 Partly');
  await expect(objective(app)).toContainText('Why judged so: Calls were never tried.');
  await expect(objective(app)).toContainText('Learned: Ask earlier.');
});

test('the wheel over a focused score scrolls the page and changes nothing', async ({ app, page }) => {
  await quarter(app);
  await app.goTo('Objectives');
  await app.main.getByRole('link', { name: 'Close and learn: Q4 2026' }).click();
  await page.setViewportSize({ width: 800, height: 400 });
  await score(app).fill('0.5');
  await score(app).scrollIntoViewIfNeeded();
  await score(app).hover();
  const top = () => page.evaluate(() => scrollY);
  const before = await top();
  await page.mouse.wheel(0, 120);
  await expect.poll(top).toBeGreaterThan(before);
  await page.mouse.wheel(0, -60);
  await expect.poll(top).toBeLessThan(before + 120);
  await expect(score(app)).toBeFocused();
  await expect(score(app)).toHaveValue('0.5');
});

test('of what was never checked in no score is suggested, and a decision is asked for', async ({ app }) => {
  await begin(app);
  await goTo(app, '2027-01-04');
  await app.goTo('Objectives');
  await app.main.getByRole('link', { name: 'Close and learn: Q4 2026' }).click();
  await expect(score(app)).toHaveValue('');
  await expect(objective(app)).toContainText('Never checked in, so no score is suggested: you decide.');
  await expect(objective(app).getByRole('radio', { checked: true })).toHaveCount(0);
  await close(app);
  await expect(app.main).toContainText('Not closed yet: something above is missing.');
  await score(app).fill('0.3');
  await close(app);
  await expect(app.title).toHaveText('Q4 2026: not achieved.');
});

test('what is half typed survives a reload, until the cycle is closed', async ({ app, page }) => {
  await quarter(app);
  await app.goTo('Objectives');
  await app.main.getByRole('link', { name: 'Close and learn: Q4 2026' }).click();
  await score(app).fill('0.7');
  await app.field('Why not 0.46?').fill('Calls were never tried.');
  await app.fill({ 'What did we learn?': 'Ask earlier.' }, objective(app));
  await objective(app).getByRole('radio', { name: 'Postponed' }).check();
  await fate(app, 'Trials').selectOption('Keep as a KPI');
  await app.fill({ 'What do we keep, what do we change?': 'Keep: Fridays.', 'What goes on, goes on in': '' });
  const expectAll = async () => {
    await expect(score(app)).toHaveValue('0.7');
    await expect(app.field('Why not 0.46?')).toHaveValue('Calls were never tried.');
    await expect(app.field('What did we learn?', objective(app))).toHaveValue('Ask earlier.');
    await expect(objective(app).getByRole('radio', { name: 'Postponed' })).toBeChecked();
    await expect(fate(app, 'Trials')).toHaveValue('kept');
    await expect(app.field('What do we keep, what do we change?')).toHaveValue('Keep: Fridays.');
    await expect(app.field('What goes on, goes on in')).toHaveValue('');
  };
  await app.reload();
  await expectAll();
  const place = new URL(page.url()).hash.slice(1);
  await app.goTo('Today');
  await app.reload();
  await app.open(place);
  await expectAll();
  await close(app);
  await expect(objective(app)).toContainText('Why judged so: Calls were never tried.');
  await app.reload();
  const drafts = () => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes('draft')));
  expect(await drafts()).toEqual([]);
});

test('without any number, what became of it is asked, not guessed', async ({ app }) => {
  await app.open('/objectives');
  await app.press('Add a cycle');
  await app.fill({ Name: 'Q4 2026', From: '2026-10-01', To: '2026-12-30' });
  await app.press('Add cycle');
  await app.button('Add an objective').first().click();
  await app.fill({ 'Where do you want to go?': 'Be kind' });
  await app.press('Add objective');
  await goTo(app, '2027-01-04');
  await app.goTo('Objectives');
  await app.main.getByRole('link', { name: 'Close and learn: Q4 2026' }).click();
  const card = app.card('Be kind');
  const outcomes = card.getByRole('radiogroup', { name: 'What became of it?' });
  await expect(card).toContainText('There is no number to suggest a score from.');
  await expect(outcomes.getByRole('radio', { checked: true })).toHaveCount(0);
  await close(app);
  await expect(app.main).toContainText('Not closed yet: something above is missing.');
  await expect(outcomes.getByRole('radio', { name: 'Achieved' })).toBeFocused();
  await expect(outcomes).toHaveAccessibleDescription('No number says it: choose one.');
  await expectNoAxeViolations(app.page);
  // A score that somebody decides says it.
  const own = card.getByRole('textbox', { name: 'Score 0 to 1' });
  await own.fill('0.8');
  await expect(outcomes.getByRole('radio', { name: 'Partly' })).toBeChecked();
  await expect(outcomes).not.toHaveAccessibleDescription(/choose one/);
  await own.fill('');
  await outcomes.getByRole('radio', { name: 'Postponed' }).check();
  await close(app);
  await expect(card).toContainText('Postponed');
});

test('what is closed is only read, until it is opened again', async ({ app }) => {
  await quarter(app);
  await app.goTo('Objectives');
  await app.choose('Close and learn', 'Q4 2026');
  await app.fill({ 'What goes on, goes on in': '' });
  await close(app);
  await expect(app.title).toHaveText('Q4 2026: not achieved.');
  await expect(app.main.getByRole('textbox')).toHaveCount(0);

  await app.follow('Double our reach');
  await expect(app.card('Verdict')).toContainText('0.46 Missed');
  await expect(app.card('Check in')).toHaveCount(0);
  await expect(app.main.getByRole('button')).toHaveCount(0);

  await app.goTo('Objectives');
  await expect(app.card('Q4 2026').getByRole('button')).toHaveCount(0);
  await expect(app.row('Double our reach', app.card('Later'))).toBeVisible();
  await app.press('Add an objective');
  await expect(app.field('Cycle').getByRole('option', { name: 'Q4 2026' })).toHaveCount(0);
  await app.press('Cancel');

  await app.card('Q4 2026').getByRole('link', { name: 'Look back: Q4 2026' }).click();
  await app.press('Open again');
  await expect(app.title).toHaveText('Q4 2026 is over. One objective to look back on.');
  await expect(app.row('Visitors', objective(app))).toContainText('It goes on already: Visitors');
  await close(app);
  await expect(app.title).toHaveText('Q4 2026: not achieved.');
  // What went on the first time does not go on twice.
  await app.goTo('Objectives');
  await expect(app.card('Later').getByRole('listitem')).toHaveCount(1);
});

test('one undo takes all of the closing back', async ({ app }) => {
  await quarter(app);
  await app.goTo('Objectives');
  await expect(app.card('Q4 2026')).toBeVisible();
  const before = await app.told();
  await app.main.getByRole('link', { name: 'Close and learn: Q4 2026' }).click();
  await fate(app, 'Trials').selectOption('Keep as a KPI');
  await app.fill({ 'What did we learn?': 'Ask earlier.' }, objective(app));
  await close(app);
  await app.takeBack('Q4 2026 is closed.');
  await expect(app.title).toHaveText('Q4 2026 is over. One objective to look back on.');
  await expect(app.toast('Undone: closing of “Q4 2026”.')).toBeVisible();
  await expect(app.field('What did we learn?', objective(app))).toHaveValue('Ask earlier.');
  await app.goTo('Objectives');
  await expect(app.card('Q4 2026')).toBeVisible();
  expect(await app.told()).toBe(before);
  await app.goTo('KPIs');
  await expect(app.title).toHaveText('No instruments yet.');
  await app.redo();
  await expect(app.main.getByRole('link', { name: 'Trials' })).toBeVisible();
});

test('a closed cycle goes into a file, and comes back by undo', async ({ app }) => {
  await quarter(app);
  await app.goTo('Objectives');
  await app.choose('Close and learn', 'Q4 2026');
  await fate(app, 'Visitors').selectOption('Let go');
  await fate(app, 'Calls').selectOption('Let go');
  await close(app);
  const { text } = await app.download(app.button('Save a file and take it out'));
  expect(JSON.parse(text).plan.objectives.map(({ title }) => title)).toEqual(['Double our reach']);
  await expect(app.toast('Q4 2026 is in the file, and out of the plan.')).toBeVisible();
  await expect(app.card('Q4 2026')).toHaveCount(0);
  await expect(app.main).not.toContainText('Double our reach');
  await app.takeBack('Q4 2026 is in the file, and out of the plan.');
  await expect(app.row('Double our reach', app.card('Q4 2026'))).toContainText('0.46 Missed');
});

test('an objective is put away, out of its cycle’s review, and brought back', async ({ app }) => {
  await begin(app);
  await app.goTo('Objectives');
  await app.choose('Put away', 'Double our reach');
  await expect(app.card('Q4 2026')).not.toContainText('Double our reach');
  const away = app.card('Put away');
  await expect(app.row('Double our reach', away)).toContainText('Q4 2026');
  await goTo(app, '2027-01-04');
  await app.choose('Close and learn', 'Q4 2026');
  await expect(app.title).toHaveText('Q4 2026 is over. It had no objectives.');
  await app.goTo('Objectives');
  await app.press('Bring back Double our reach');
  await expect(app.row('Double our reach', app.card('Q4 2026'))).toBeVisible();
  await expect(away).toHaveCount(0);
});

test('closing and looking back are good for everybody', async ({ app, page }) => {
  test.setTimeout(90_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const good = async () => {
    for (const [size, colorScheme] of [[NARROW, 'dark'], [{ width: 1280, height: 800 }, 'light']]) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await app.expectNoSidewaysScroll();
      await expectNoAxeViolations(page);
    }
  };
  await quarter(app);
  await app.goTo('Objectives');
  await good();
  await app.main.getByRole('link', { name: 'Close and learn: Q4 2026' }).click();
  await score(app).fill('0.9');
  await close(app);
  await good();
  await app.fill({ 'Why not 0.46?': 'So be it.' });
  await close(app);
  await expect(app.title).toHaveText('Q4 2026: not achieved.');
  await good();
  await app.follow('Double our reach');
  await good();
  await app.goTo('Objectives');
  await good();
});
