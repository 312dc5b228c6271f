// Edits as fast as the page takes them: its own fields and buttons, pressed within the page. Each edit is told to
// the outside once the page shows it and says that it is saved, and the next one waits for that: whatever happens to
// the page, what was told was shown as saved, and at most one edit is under way.
import { expect } from '@playwright/test';

/** A KPI without a target, with the list of KPIs open; gives the address of its page. */
export async function addKpi(app, name = 'Visitors') {
  await app.open('/kpis');
  await app.press('Add a KPI');
  await app.fill({ Name: name, Target: 'no target' });
  await app.press('Add KPI');
  await expect(app.toast('KPI added.')).toBeVisible();
  return (await app.main.getByRole('link', { name, exact: true }).getAttribute('href')).slice(1);
}

/** What the pages of a context have shown as saved, in the order of being shown. */
export async function listen(context) {
  const shown = [];
  await context.exposeBinding('__shownAsSaved', (_source, edit) => {
    shown.push(edit);
  });
  return shown;
}

/**
 * Makes edits where the quick field of a KPI is: a number is a reading; a text is a new name, on the KPI's own page
 * only. Ends early only with the page, or where the page does not show an edit as saved.
 */
export async function makeEdits(app, edits) {
  await app.page.evaluate(async (all) => {
    const form = document.querySelector('main form.check');
    const [field, save, read] = ['input', 'button[aria-label^="Save "]', 'output'].map((it) => form.querySelector(it));
    const heading = document.querySelector('main h1');
    const frame = document.querySelector('nav');
    const number = (text) => Number(text.match(/^was ([\d,]+)/)?.[1].replaceAll(',', ''));
    const isSaved = () => frame.textContent.includes('Saved in this browser.');

    /** Does something, and waits until the page shows it, if only until it shows what another tab did. */
    const show = (what, act, is) => new Promise((done, fail) => {
      const look = () => {
        if (!is()) return;
        clearTimeout(late);
        observer.disconnect();
        done();
      };
      const observer = new MutationObserver(look);
      const late = setTimeout(() => fail(new Error(`not shown as saved: ${what}`)), 10_000);
      observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      act();
      look();
    });
    const type = (input, text) => {
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    };

    for (const edit of all) {
      if (typeof edit === 'number') {
        type(field, String(edit));
        await show(edit, () => save.click(), () => number(read.textContent) === edit && isSaved());
      } else {
        const editor = () => [...document.querySelectorAll('main section')].find((section) =>
          section.querySelector('h2').textContent.startsWith('Edit '))?.querySelector('form');
        await show('the form', () => heading.querySelector('button[aria-label^="Edit "]').click(), editor);
        const named = [...editor().querySelectorAll('label')].find((label) => label.textContent.trim() === 'Name');
        type(named.control, edit);
        const button = [...editor().querySelectorAll('button')].find((one) => one.textContent.trim() === 'Save');
        await show(edit, () => button.click(), () => heading.textContent.trim() === edit && isSaved() && !editor());
      }
      await window.__shownAsSaved(edit);
    }
  }, edits);
}

/** Every reading that the open page of a KPI shows, from the least to the greatest. */
export async function readingsOf(app) {
  const card = app.card('Readings');
  await expect(card).toBeVisible();
  const all = app.button(/^Show all/, card);
  if (await all.count()) await all.click();
  return card.evaluate((section) => {
    const values = [...section.querySelectorAll('li b')].map(({ textContent }) => Number(textContent.replace(/[^\d.-]/g, '')));
    return values.sort((a, b) => a - b);
  });
}

/** The whole numbers from one to another. */
export function numbers(from, to) {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
}

/** Numbers from 0 up to 1 that are the same in every run: mulberry32. */
export function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
