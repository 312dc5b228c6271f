// What `second-copy.js` calls: texts by key in an IndexedDB of their own, so that no large backup is in the way. Where the
// browser refuses, the promise is rejected with the browser's own error.
import { promisifyRequest } from 'idb-keyval';

const NAME = 'bearings-plans';
const TEXTS = 'texts';

let opening;

async function open() {
  const request = indexedDB.open(NAME);
  request.onupgradeneeded = () => request.result.createObjectStore(TEXTS);
  const database = await promisifyRequest(request);
  database.onclose = forget;
  database.onversionchange = () => {
    database.close();
    forget();
  };
  return database;
}

function forget() {
  opening = undefined;
}

/** `strict`: it is complete once it is on the disk. */
async function transaction(mode) {
  opening ??= open();
  opening.catch(forget);
  return (await opening).transaction(TEXTS, mode, { durability: 'strict' });
}

/** All of it, as [key, text, key, text, …]. */
export async function entries() {
  const texts = (await transaction('readonly')).objectStore(TEXTS);
  const [keys, values] = await Promise.all([texts.getAllKeys(), texts.getAll()].map(promisifyRequest));
  return keys.flatMap((key, at) => [key, values[at]]);
}

/** Keeps texts, given as [key, text, key, text, …], and forgets keys without a text: all of it or nothing. */
export async function write(flat) {
  const writing = await transaction('readwrite');
  const texts = writing.objectStore(TEXTS);
  for (let at = 0; at < flat.length; at += 2) {
    const [key, text] = [flat[at], flat[at + 1]];
    if (text === undefined) texts.delete(key);
    else texts.put(text, key);
  }
  return promisifyRequest(writing);
}
