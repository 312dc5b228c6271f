// Texts in IndexedDB: there is more room than in local storage, and nobody has to wait for it. The library arrives
// with the first call.
let library;

/** Calls one of the functions of `vault-core.js`. */
export async function call(name, given) {
  // What failed once, for want of a network, may be asked for again.
  library ??= import('./vault-core.js').catch((error) => {
    library = undefined;
    throw error;
  });
  return (await library)[name](given);
}
