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

/** Puts texts in place of all that is stored, as if there were no second copy. */
export async function store(page, texts) {
  await page.evaluate((entries) => {
    localStorage.clear();
    for (const [key, text] of entries) if (text !== null) localStorage.setItem(key, text);
  }, Object.entries(texts));
  await forgetSecondCopy(page);
}

/** Puts texts in place of all that local storage has; the second copy stays as it is. */
export async function loseWrites(page, texts) {
  await page.evaluate((entries) => {
    localStorage.clear();
    for (const [key, text] of entries) localStorage.setItem(key, text);
  }, Object.entries(texts));
}

/** What the second copy has, by key. */
export const secondCopy = (page) => page.evaluate(onSecondCopy, 'read');

export async function forgetSecondCopy(page) {
  await page.evaluate(onSecondCopy, 'clear');
}

function onSecondCopy(what) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('bearings-plans');
    opening.onupgradeneeded = () => opening.result.createObjectStore('texts');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const working = database.transaction('texts', 'readwrite');
      const texts = working.objectStore('texts');
      const found = {};
      if (what === 'clear') texts.clear();
      else {
        texts.openCursor().onsuccess = ({ target: { result: cursor } }) => {
          if (!cursor) return;
          found[cursor.key] = cursor.value;
          cursor.continue();
        };
      }
      working.oncomplete = () => {
        database.close();
        resolve(found);
      };
    };
  });
}
