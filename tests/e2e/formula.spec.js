import { expect, expectNoAxeViolations, test } from './support/fixtures.js';

const ORIGIN = 'Where do its values come from?';
const CALCULATED = 'calculated from other KPIs';

/** Adds a KPI that is read every month, with its last two months. */
async function addRead(app, name, september, october, more = {}) {
  await app.goTo('KPIs');
  await app.press('Add a KPI');
  await app.fill({ Name: name, Target: 'no target', 'How often?': 'every month', ...more });
  await app.press('Add KPI');
  await app.follow(name);
  const reading = app.card('New reading');
  await reading.getByText('For another day, or with a note').click();
  for (const [day, value] of [['2026-09-30', september], ['2026-10-31', october]]) {
    if (value === undefined) continue;
    await app.fill({ Value: value, Date: day }, reading);
    await app.press('Save', reading);
    await expect(app.card('Readings')).toContainText(value);
  }
}

/** The form of a calculated KPI, with its name. */
async function beginCalculated(app, name) {
  await app.goTo('KPIs');
  await app.press('Add a KPI');
  await app.fill({ Name: name, Target: 'no target', 'How often?': 'every month', [ORIGIN]: CALCULATED });
  return app.field('Formula');
}

test('a KPI is calculated: by keyboard, with names that complete; its number is explained', async ({ app, page }) => {
  await app.open('/kpis');
  await addRead(app, 'Marketing cost', '110,000', '124,000', { Unit: 'EUR' });
  await addRead(app, 'Lead-to-customer visits', '2,200', '3,100');
  const formula = await beginCalculated(app, 'Cost per visit');
  await app.fill({ Unit: 'EUR' });
  await formula.focus();
  const names = page.getByRole('listbox', { name: 'KPIs' });
  const option = (name) => names.getByRole('option', { name, exact: true });

  await app.keys.type('co');
  await expect(option('Marketing cost')).toHaveAttribute('aria-selected', 'true');
  await expect(formula).toHaveAttribute('aria-expanded', 'true');
  await expect(formula).toHaveAttribute('aria-activedescendant', await option('Marketing cost').getAttribute('id'));
  await expectNoAxeViolations(page);
  await app.keys.press('Enter');
  await expect(formula).toHaveValue('[Marketing cost]');
  await expect(names).toBeHidden();
  await app.keys.type(' / ');
  await app.keys.press('ArrowDown');
  await expect(names.getByRole('option')).toHaveText(['Lead-to-customer visits', 'Marketing cost']);
  await app.keys.press('ArrowUp');
  await expect(option('Marketing cost')).toHaveAttribute('aria-selected', 'true');
  await app.keys.press('Escape');
  await expect(names).toBeHidden();
  await expect(formula).toHaveValue('[Marketing cost] / ');
  await app.keys.type('[lead');
  await app.keys.press('Tab');
  await expect(formula).toHaveValue('[Marketing cost] / [Lead-to-customer visits]');
  await expect(formula).toBeFocused();
  await app.expectSaid('Formula', 'October 2026: €124,000 ÷ 3,100 = €40');
  await app.keys.press('Enter');
  await expect(app.toast('KPI added.')).toBeVisible();

  const card = app.row('Cost per visit', app.card('Instruments'));
  await expect(card).toContainText('€40');
  await expect(card.getByRole('textbox')).toHaveCount(0);
  await app.follow('Cost per visit');
  const made = app.card('How it is calculated');
  await expect(made).toContainText('Cost per visit = Marketing cost ÷ Lead-to-customer visits');
  await expect(made).toContainText('October 2026: €124,000 ÷ 3,100 = €40');
  await expect(app.card('Latest')).toContainText('€40');
  await expect(app.card('New reading')).toHaveCount(0);
  await expect(app.card('Readings')).toHaveCount(0);
  await expectNoAxeViolations(page);

  // An input is renamed: the formula and its text follow.
  await app.follow('Lead-to-customer visits');
  await app.choose('Edit', 'Lead-to-customer visits');
  const form = app.formWith(ORIGIN);
  await app.fill({ Name: 'Visits' }, form);
  await app.press('Save', form);
  await app.goTo('KPIs');
  await app.follow('Cost per visit');
  await expect(made).toContainText('Cost per visit = Marketing cost ÷ Visits');
  await app.choose('Edit', 'Cost per visit');
  await expect(app.field('Formula')).toHaveValue('[Marketing cost] / [Visits]');
  await app.press('Cancel', app.formWith(ORIGIN));

  // An input is deleted: it is said at once who misses it, and undone.
  await made.getByRole('link', { name: 'Visits' }).click();
  await app.choose('Delete', 'Visits');
  const gone = '“Visits” deleted. Cost per visit has no value without it.';
  await expect(app.toast(gone)).toBeVisible();
  await app.follow('Cost per visit');
  await expect(made).toContainText('Marketing cost ÷ deleted KPI');
  await expect(made).toContainText('A KPI that it is calculated from was deleted');
  await app.takeBack(gone);
  await expect(made).toContainText('€124,000 ÷ 3,100 = €40');
  await app.reload();
  await expect(made).toContainText('€124,000 ÷ 3,100 = €40');
});

test('what is wrong with a formula is said at its field, with the place', async ({ app }) => {
  await app.open('/kpis');
  await addRead(app, 'Revenue', '100', '120');
  await addRead(app, 'Visits', '50', '0');
  const formula = await beginCalculated(app, 'Ratio');
  for (const [text, said] of [
    ['Revenue / Vists', 'There is no KPI called “Vists”. Did you mean “Visits”? (character 11)'],
    ['(Revenue + 2', 'This parenthesis is never closed. (character 1)'],
    ['Revenue /', 'A number, a KPI or a function is missing. (character 10)'],
    ['median(Revenue)', 'There is no function called “median”: there are min, max, avg, sum, prev and ytd. (character 1)'],
    ['', 'Write a formula, such as Revenue / Visits.'],
  ]) {
    await formula.fill(text);
    await app.press('Add KPI');
    await expect(formula).toBeFocused();
    await app.expectSaid('Formula', said);
    await expect(formula).toHaveAttribute('aria-invalid', 'true');
  }
  await formula.fill('Revenue / Visits');
  await app.expectSaid('Formula', 'October 2026: 120 ÷ 0. It would be divided by zero in October 2026. September 2026: 100 ÷ 50 = 2');
  await formula.fill('Revenue / prev(Visits)');
  await app.expectSaid('Formula', 'October 2026: 120 ÷ 50 = 2.4');
  await app.press('Add KPI');
  await app.follow('Ratio');

  // Revenue cannot be calculated from what is calculated from it.
  await app.card('How it is calculated').getByRole('link', { name: 'Revenue' }).click();
  await expect(app.title).toContainText('Revenue');
  await app.choose('Edit', 'Revenue');
  const form = app.formWith(ORIGIN);
  await app.fill({ [ORIGIN]: CALCULATED, Formula: 'Ratio * 2' }, form);
  await app.press('Save', form);
  await expect(app.field('Formula')).toBeFocused();
  await app.expectSaid('Formula', 'This closes a circle: Ratio needs the value of this KPI already.');
  await app.fill({ [ORIGIN]: 'I read it', 'Part of': 'Visits' }, form);
  await app.press('Save', form);
  await expect(form).toHaveCount(0);
  await app.goTo('KPIs');
  await app.follow('Visits');
  await app.choose('Edit', 'Visits');
  await app.fill({ 'Part of': 'Revenue' }, form);
  await app.press('Save', form);
  await app.expectSaid('Part of', 'This closes a circle: Revenue is a part of this KPI already.');
});

test('parts: the same for each person, with how often each meets the target', async ({ app, page }) => {
  await app.open('/kpis');
  await app.press('Add a KPI');
  await app.fill({ Name: 'Pairs inspected', Value: '30', Unit: 'pairs', 'How often?': 'every month' });
  await app.fill({ [ORIGIN]: 'the mean of its parts' });
  await app.press('Add KPI');
  await app.follow('Pairs inspected');
  const parts = app.card('Parts');
  await expect(parts).toContainText('None yet.');
  for (const [name, september, october] of [['Ida', '28', '31'], ['Omar', '33', '35']]) {
    await app.press('Add a part', parts);
    await expect(app.field('Name of the part')).toHaveValue('Pairs inspected: ');
    await app.keys.press('End');
    await app.keys.type(name);
    await app.keys.press('Enter');
    await expect(app.toast('Part added.')).toBeVisible();
    await app.follow(`Pairs inspected: ${name}`);
    await expect(app.card('What it is')).toContainText('at least 30 pairs');
    const reading = app.card('New reading');
    await reading.getByText('For another day, or with a note').click();
    for (const [day, value] of [['2026-09-30', september], ['2026-10-31', october]]) {
      await app.fill({ Value: value, Date: day }, reading);
      await app.press('Save', reading);
      await expect(app.card('Readings')).toContainText(`${value} pairs`);
    }
    await app.main.getByRole('link', { name: 'Pairs inspected', exact: true }).click();
    await expect(parts).toContainText(name);
  }
  const ida = app.row('Ida', parts);
  await expect(ida).toContainText('31 pairs');
  await expect(ida).toContainText('On target');
  await expect(ida).toContainText('on target in 1 of the last 2 completed months');
  await expect(app.row('Omar', parts)).toContainText('on target in 2 of the last 2 completed months');
  await expect(app.card('Latest')).toContainText('33');
  await expectNoAxeViolations(page);
  for (const width of [320, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await app.expectNoSidewaysScroll();
  }
  await app.choose('Edit', 'Pairs inspected');
  await app.fill({ [ORIGIN]: 'the sum of its parts' });
  await app.press('Save', app.formWith(ORIGIN));
  await expect(app.card('Latest')).toContainText('66');
});

test('a goal that a calculated KPI feeds is asked for confidence and a note only', async ({ app }) => {
  await app.open();
  await app.lookAtSample();
  await app.goTo('KPIs');
  await app.follow('Conversion rate');
  const made = app.card('How it is calculated');
  await expect(made).toContainText('Conversion rate = Trial subscriptions ÷ Monthly visitors × 100');
  await expect(made).toContainText('441 trials ÷ 6,150 visitors × 100 = 7.17%');

  await app.goTo('Objectives');
  await app.follow('Turn the landing page into qualified demand');
  await app.choose('Edit', 'Leads that sales accepts');
  const form = app.formWith('Its value comes from');
  if (!(await app.field('Its value comes from').isVisible())) await form.getByText('KPI, guards, share, marks').click();
  await app.fill({ 'Its value comes from': 'Conversion rate' }, form);
  await app.press('Save', form);
  await expect(form).toHaveCount(0);
  const card = app.card('Check in');
  await app.fill({ 'Key result': 'Leads that sales accepts' }, card);
  await expect(app.field('Value', card)).toHaveCount(0);
  await app.fill({ Note: 'The form is shorter' }, card);
  await app.press('Save', card);
  await expect(app.toast('Checked in.')).toBeVisible();
  await app.goTo('KPIs');
  await app.follow('Conversion rate');
  await expect(app.card('Readings')).toHaveCount(0);
  await expect(app.card('Latest')).toContainText('7.17');
});
