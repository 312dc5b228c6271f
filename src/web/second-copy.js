// A second copy of what local storage keeps of plans. The code arrives with the first call.
let library;

/** Calls one of the functions of `second-copy-core.js`. */
export async function call(name, given) {
  // What failed once, for want of a network, may be asked for again.
  library ??= import('./second-copy-core.js').catch((error) => {
    library = undefined;
    throw error;
  });
  return (await library)[name](given);
}
