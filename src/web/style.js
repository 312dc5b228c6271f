// The look of what no first screen shows: a style sheet of its own.
import sheet from '../../style/later.css?url';

let link;
let here = false;

export const isHere = () => here;

/** Calls back once it is here, or did not come: then it may be asked for again. */
export function fetchStyle(then) {
  link ??= begin();
  link.addEventListener('load', then);
  link.addEventListener('error', then);
}

function begin() {
  const begun = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: sheet });
  begun.addEventListener('load', () => (here = true));
  begun.addEventListener('error', forget);
  document.head.append(begun);
  return begun;
}

function forget() {
  link.remove();
  link = undefined;
}
