// What faults do to local storage.

const FILLER = 'another page of this host';

/** Leaves no room for a single character: the refusals that follow are the browser's own. */
export async function fillUp(page) {
  await page.evaluate((key) => {
    let text = '';
    for (let size = 2 ** 22; size >= 1; size /= 2) {
      for (;;) {
        try {
          localStorage.setItem(key, text + 'x'.repeat(size));
          text += 'x'.repeat(size);
        } catch {
          break;
        }
      }
    }
  }, FILLER);
}

export async function makeRoom(page) {
  await page.evaluate((key) => localStorage.removeItem(key), FILLER);
}

/** What a text may look like after a fault; `null` where it is gone. */
export const damages = {
  'one bit is flipped': (text) => {
    const at = Math.floor(text.length / 2);
    return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
  },
  'half is missing': (text) => text.slice(0, text.length / 2),
  'it is gone': () => null,
};

/** Puts texts in place of all that is stored. */
export async function store(page, texts) {
  await page.evaluate((entries) => {
    localStorage.clear();
    for (const [key, text] of entries) if (text !== null) localStorage.setItem(key, text);
  }, Object.entries(texts));
}
