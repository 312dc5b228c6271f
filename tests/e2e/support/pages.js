// The page as its readers know it: places, cards, forms, answers. Everything is found
// by its role and its label, so that a journey breaks where a reader would be lost.
import { expect } from '@playwright/test';
import { readFile } from 'node:fs/promises';

const HINTS = ['optional', 'needed if start, target or days change', 'for today, optional', 'one a line', 'past days keep theirs', 'as the plan says, if empty'];

function labelled(label) {
  return new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}( (${HINTS.join('|')}))?$`);
}

/** The whole page in one tab. */
export class Bearings {
  constructor(page) {
    this.page = page;
    this.keys = new Keys(page);
    this.main = page.getByRole('main');
    this.navigation = page.getByRole('navigation', { name: 'Main' });
    this.title = this.main.getByRole('heading', { level: 1 });
    this.warning = this.main.getByRole('alert');
    this.sampleNote = this.main.getByRole('note');
  }

  /** Opens an address of the page: `/objectives`; the start without one. */
  async open(place = '') {
    await this.page.goto(place ? `./#${place}` : './');
    await this.#arrived();
  }

  async reload() {
    await this.page.reload();
    await this.#arrived();
  }

  /** Follows a link of the navigation. */
  async goTo(place) {
    await this.navigation.getByRole('link', { name: place }).click();
    await expect(this.navigation.getByRole('link', { name: place })).toHaveAttribute('aria-current', 'page');
  }

  /** Follows a link of the page to a thing of this name. */
  async follow(name) {
    await this.main.getByRole('link', { name, exact: true }).first().click();
    await expect(this.title).toContainText(name);
  }

  async lookAtSample() {
    await this.press('Look at a sample plan');
    await expect(this.sampleNote).toContainText('This is the sample plan.');
  }

  /** A card with a heading of this name. */
  card(name) {
    return this.main.getByRole('region', { name, exact: true });
  }

  /** The row of a list that speaks of this, the innermost one. */
  row(text, within = this.main) {
    return within.getByRole('listitem').filter({ hasText: text }).last();
  }

  /** The form that has a field with this label. */
  formWith(label) {
    return this.main.locator('form').filter({ has: this.page.getByLabel(labelled(label)) });
  }

  button(name, within = this.main) {
    return within.getByRole('button', { name, exact: true });
  }

  async press(name, within) {
    await this.button(name, within).click();
  }

  /** A field by its label; what stands small behind it, such as "optional", does not count. */
  field(label, within = this.main) {
    return within.getByLabel(labelled(label));
  }

  /** Fills in fields by their labels, choices and boxes too. */
  async fill(values, within) {
    for (const [label, value] of Object.entries(values)) {
      const field = this.field(label, within);
      const kind = await field.evaluate((element) => `${element.localName} ${element.type}`);
      if (kind.startsWith('select')) await field.selectOption(value);
      else if (kind === 'input checkbox') await field.setChecked(value);
      else await field.fill(value);
    }
  }

  /** What a field says about what was typed: what it understood, and what is wrong. */
  async said(label, within) {
    const ids = await this.field(label, within).getAttribute('aria-describedby');
    const texts = (ids ?? '').split(' ').filter(Boolean).map((id) => this.page.locator(`#${id}`).textContent());
    return (await Promise.all(texts)).join(' ').replaceAll('\u00a0', ' ').trim();
  }

  async expectSaid(label, text, within) {
    await expect.poll(() => this.said(label, within)).toBe(text);
  }

  /** Opens the menu of a thing; gives it. */
  async menuOf(name, within = this.main) {
    await this.button(`More for ${name}`, within).click();
    return this.page.locator('.menu:popover-open');
  }

  async choose(choice, name, within) {
    await this.press(choice, await this.menuOf(name, within));
  }

  /** A short answer to what was just done. */
  toast(text) {
    return this.page.locator('.toast', { hasText: text });
  }

  /** Takes back what a toast speaks of. */
  async takeBack(text) {
    await this.press('Undo', this.toast(text));
  }

  /** Ctrl Z, with the cursor outside of any field. */
  async undo() {
    await this.page.evaluate(() => document.activeElement.blur());
    await this.page.keyboard.press('Control+z');
  }

  async redo() {
    await this.page.evaluate(() => document.activeElement.blur());
    await this.page.keyboard.press('Control+Shift+z');
  }

  /** Answers the questions of the first visit. */
  async start({ objective = 'Double our reach', keyResult = 'Monthly visitors', from = '4k', to = '8k', unit } = {}) {
    await this.fill({
      'Where do you want to go?': objective,
      'How will you know?': keyResult,
      Now: from,
      Target: to,
      Unit: unit ?? 'visitors',
    });
    await this.press('Set this course');
    await expect(this.card('Objectives on course')).toContainText(objective);
  }

  /** Saves a value right where the thing stands under "Due now". */
  async checkIn(name, value) {
    await this.field(name, this.card('Due now')).fill(value);
    await this.press(`Save ${name}`, this.card('Due now'));
    await expect(this.toast('Checked in.')).toBeVisible();
  }

  /** What a press of `button` downloads. */
  async download(button) {
    const [file] = await Promise.all([this.page.waitForEvent('download'), button.click()]);
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
  }

  /** Saves a plan of the shelf as a file. */
  async saveAFile(plan) {
    await this.goTo('Plans');
    return this.download(this.button('Save a file', this.row(plan, this.card('Your plans'))));
  }

  /** Chooses a file on the page of plans. */
  async chooseFile({ name = 'plan.json', text }) {
    const file = { name, mimeType: 'application/json', buffer: Buffer.from(text) };
    await this.main.getByLabel('Choose a file').setInputFiles(file);
  }

  /** All that this browser keeps for the page, but a note that it was asked to. */
  stored() {
    const kept = () => Object.entries(localStorage).filter(([key]) => key !== 'bearings/asked');
    return this.page.evaluate(`Object.fromEntries((${kept})().sort())`);
  }

  /** The content of the page as screen readers get it, once the words on KPIs have come: they do when it is idle. */
  async told() {
    await expect(this.main.locator('.kpi .told').filter({ hasNotText: /\S/ })).toHaveCount(0);
    return this.main.ariaSnapshot();
  }

  chart(name) {
    return new Chart(this.page, this.main.getByRole('figure', { name, exact: true }));
  }

  /** No page is wider than its window. */
  async expectNoSidewaysScroll() {
    const [content, window] = await this.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(content, 'the width of the content in a window').toBeLessThanOrEqual(window);
  }

  async #arrived() {
    await expect(this.page.locator('main:not([aria-busy])')).toBeVisible();
    // The place itself may come in a part of its own.
    await expect(this.title).toBeVisible();
  }
}

/** Somebody without a mouse. */
class Keys {
  constructor(page) {
    this.page = page;
  }

  /** Presses Tab until the focus is there. */
  async tabTo(target) {
    for (let steps = 0; steps < 80; steps += 1) {
      await this.page.keyboard.press('Tab');
      if (await target.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`Tab does not reach ${target}`);
  }

  async type(text) {
    await this.page.keyboard.type(text);
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }
}

/** A chart: what is painted, and the table that says the same. */
class Chart {
  constructor(page, figure) {
    this.page = page;
    this.figure = figure;
    this.plot = figure.locator('[data-drawn="true"]');
    this.canvas = figure.locator('canvas');
  }

  /** Waits until all of it is painted. */
  async drawn() {
    await this.figure.scrollIntoViewIfNeeded();
    await expect(this.plot).toBeVisible();
  }

  /** How many pixels have about the colour of a custom property, which the style sheet gives for now. */
  async pixelsOf(property) {
    const { colours } = await this.#painted(property);
    return colours.wanted;
  }

  /** How many colours there are, with those at the edges of lines and letters. */
  async colours() {
    const { colours } = await this.#painted();
    return colours.all;
  }

  /** A short name of the whole picture, to tell it from another one. */
  async picture() {
    const { name } = await this.#painted();
    return name;
  }

  /** The rows of its table, newest first, as their cells. */
  async table() {
    await this.figure.getByText('As a table').click();
    const rows = this.figure.getByRole('row').filter({ has: this.page.getByRole('cell') });
    await expect(rows.first()).toBeVisible();
    return rows.evaluateAll((all) =>
      all.map((row) => [...row.cells].map((cell) => cell.textContent.replaceAll('\u00a0', ' '))),
    );
  }

  #painted(property = '--accent') {
    return this.canvas.evaluate((canvas, variable) => {
      const wanted = new Uint8ClampedArray(pixels((brush) => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = `var(${variable})`;
        brush.fillStyle = getComputedStyle(probe).color;
        probe.remove();
        brush.fillRect(0, 0, canvas.width, canvas.height);
      }).buffer, 0, 3);
      const painted = pixels((brush) => brush.drawImage(canvas, 0, 0));
      const parts = new Uint8ClampedArray(painted.buffer);
      let [found, name] = [0, 0];
      for (const [at, pixel] of painted.entries()) {
        name = (Math.imul(name, 31) + pixel) | 0;
        if (parts[4 * at + 3] > 200 && wanted.every((part, of) => Math.abs(parts[4 * at + of] - part) < 12)) found += 1;
      }
      return { name, colours: { all: new Set(painted).size, wanted: found } };

      function pixels(paint) {
        const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height });
        const brush = copy.getContext('2d', { willReadFrequently: true });
        paint(brush);
        return new Uint32Array(brush.getImageData(0, 0, copy.width, copy.height).data.buffer);
      }
    }, property);
  }
}
