// The only script that needs nothing else of the page: it works where the app does not come, or has stopped.
const trouble = document.getElementById('trouble');

// A trap in WebAssembly: the app has stopped in the middle of something, and its next step might be wrong.
const stopped = (error) => {
  if (error instanceof WebAssembly.RuntimeError) document.documentElement.classList.add('stopped');
};
addEventListener('error', (event) => stopped(event.error));
addEventListener('unhandledrejection', (event) => stopped(event.reason));

function saveRawData() {
  const entries = Object.entries(localStorage).filter(([key]) => key.startsWith('bearings/'));
  const text = JSON.stringify(Object.fromEntries(entries), null, 1);
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href: url, download: 'bearings-raw-data.json' }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

trouble.querySelector('a').addEventListener('click', (event) => {
  // Without this script the link opens the page anew, too, only not at the same place.
  event.preventDefault();
  location.reload();
});
trouble.querySelector('button').hidden = false;
trouble.querySelector('button').addEventListener('click', saveRawData);
