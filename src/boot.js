// The only script that index.html names: it starts the app, then looks after
// the copy that works without a network.
import init from '../build/pkg/bearings.js';
import wasm from '../build/pkg/bearings_bg.wasm?url';
import { keepOffline, takeWaitingVersion } from './offline.js';

const published = import.meta.env.PROD;

try {
  const module_or_path = fetch(wasm);
  const reloading = published && (await takeWaitingVersion());
  if (!reloading) {
    await init({ module_or_path });
    if (published) keepOffline();
  }
} catch (error) {
  // index.html has the words for it. A trap is told by `public/rescue.js`.
  if (!(error instanceof WebAssembly.RuntimeError)) document.documentElement.classList.add('failed');
  throw error;
}
