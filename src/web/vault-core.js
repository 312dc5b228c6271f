// What `vault.js` calls. Where the browser refuses, the promise is rejected with the browser's own error.
import { createStore, delMany, get as read, getMany, keys, setMany } from 'idb-keyval';

const texts = createStore('bearings', 'texts');

/** The text under a key, or undefined. */
export async function get(key) {
  return read(key, texts);
}

/** The texts whose keys begin with `prefix`. */
export async function list(prefix) {
  const found = (await keys(texts)).filter((key) => key.startsWith(prefix));
  return getMany(found, texts);
}

/** Keeps texts, given as [key, text, key, text, …]: all of them or none. */
export async function put(flat) {
  const pairs = Array.from({ length: flat.length / 2 }, (_, at) => flat.slice(2 * at, 2 * at + 2));
  return setMany(pairs, texts);
}

/** Forgets keys: all of them or none. */
export async function remove(gone) {
  return delMany(gone, texts);
}
