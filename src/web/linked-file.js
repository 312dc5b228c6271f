// One file of the reader's for each plan, by the browser's handle to it. Handles
// are kept in IndexedDB, the only place that takes them, so that a later visit
// needs one click and no choosing.

import { createStore, del, get, set } from 'idb-keyval';

const handles = createStore('bearings-files', 'handles');
const WANTED = { mode: 'readwrite' };
const TYPES = [{ description: 'Bearings', accept: { 'application/json': ['.json'] } }];

// Also for browsers whose IndexedDB refuses: then a link lasts as long as the page.
const known = new Map();

/** Lets the reader choose where a new file goes; its name, or nothing if they change their mind. */
export const chooseNew = (plan, suggestedName) =>
  chosen(plan, () => window.showSaveFilePicker({ suggestedName, types: TYPES }));

/** Lets the reader choose a file that is there: unlike a new one, it is not emptied. */
export const chooseThere = (plan) =>
  chosen(plan, async () => (await window.showOpenFilePicker({ types: TYPES }))[0]);

/** Whether the file may be read and written: granted, prompt (a click is needed), denied; nothing without a file. */
export async function permission(plan) {
  return (await handleOf(plan))?.queryPermission(WANTED);
}

/** Asks the reader, right after a click. */
export async function ask(plan) {
  return (await handleOf(plan))?.requestPermission(WANTED);
}

/** The text of the file. Where another program replaces it in that moment, the new one's. */
export async function read(plan) {
  const handle = await handleOf(plan);
  const now = async () => (await handle.getFile()).text();
  return now().catch((error) => (error.name === 'NotReadableError' ? now() : Promise.reject(error)));
}

/** Writes the file. Browsers write beside it and replace it at the end, as a whole. */
export async function write(plan, text) {
  const writable = await (await handleOf(plan)).createWritable();
  try {
    await writable.write(text);
  } catch (error) {
    await writable.abort?.();
    throw error;
  }
  await writable.close();
}

export async function forget(plan) {
  known.delete(plan);
  await del(plan, handles).catch(() => {});
}

async function chosen(plan, choose) {
  let handle;
  try {
    handle = await choose();
  } catch (error) {
    if (error.name === 'AbortError') return undefined;
    throw error;
  }
  known.set(plan, handle);
  await set(plan, handle, handles).catch(() => {});
  return handle.name;
}

async function handleOf(plan) {
  if (!known.has(plan)) known.set(plan, await get(plan, handles).catch(() => undefined));
  return known.get(plan);
}
