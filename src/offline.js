// Working without a network, and changing versions without surprises.
//
// A new version downloads quietly and waits, because a page that is open still
// needs its own files. It takes over at the next load, before anything is on the
// screen, and only if no other tab is open: nothing ever reloads under a hand.

const OPEN_PAGES = 'bearings-open-pages';
const PATIENCE_MS = 3_000;

/** Gives way to a newer version that has been downloaded. True: this page is about to reload. */
export async function takeWaitingVersion() {
  try {
    const alone = await isOnlyOpenPage();
    const registration = await navigator.serviceWorker.getRegistration();
    return Boolean(alone && registration?.waiting && (await handOverTo(registration.waiting)));
  } catch {
    // No workers or no locks here (old browser, blocked storage): nothing can be waiting.
    return false;
  }
}

/** Downloads everything for use without a network, once the first screen is there. */
export async function keepOffline() {
  try {
    await navigator.serviceWorker.register('./sw.js');
  } catch (error) {
    // Private windows and plain http refuse workers: the page works, only not offline.
    console.info('Bearings needs a network to open next time:', error.message);
  }
}

/** Holds a lock for as long as this page lives, and counts who else does. */
async function isOnlyOpenPage() {
  await new Promise((resolve, reject) => {
    const forAsLongAsThisPageLives = () => {
      resolve();
      return new Promise(() => {});
    };
    navigator.locks.request(OPEN_PAGES, { mode: 'shared' }, forAsLongAsThisPageLives).catch(reject);
  });
  const { held } = await navigator.locks.query();
  return held.filter((lock) => lock.name === OPEN_PAGES).length === 1;
}

function handOverTo(worker) {
  return new Promise((resolve) => {
    // A worker that does not answer must not keep the page from starting.
    setTimeout(() => resolve(false), PATIENCE_MS);
    const reload = () => {
      location.reload();
      resolve(true);
    };
    navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true });
    worker.postMessage({ type: 'SKIP_WAITING' });
  });
}
