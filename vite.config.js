import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

// wasm-bindgen copies each JavaScript file that Rust names (`module = "/src/…"`)
// into its output, alone. Going back to the original keeps its relative imports
// valid, so that these files are ordinary modules.
const snippetsAreSources = {
  name: 'bearings:snippets-are-sources',
  enforce: 'pre',
  resolveId(source) {
    const snippet = /\/snippets\/bearings-[^/]+\/(src\/.+\.js)$/.exec(source);
    return snippet && fileURLToPath(new URL(snippet[1], import.meta.url));
  },
};

// Everything is kept for use without a network, the drawings too. A new version
// waits: `src/offline.js` decides when it takes over, and registers the worker.
const offline = VitePWA({
  strategies: 'generateSW',
  registerType: 'prompt',
  injectRegister: null,
  manifest: {
    name: 'Bearings',
    short_name: 'Bearings',
    description: 'Goals and the numbers they should move, kept on your own device.',
    lang: 'en',
    start_url: './',
    scope: './',
    display: 'standalone',
    background_color: '#fbfaf8',
    theme_color: '#24509b',
    icons: [
      { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
    ],
  },
  workbox: {
    globPatterns: ['**/*.{html,js,css,wasm,svg,png}'],
    maximumFileSizeToCacheInBytes: 8_000_000,
    cleanupOutdatedCaches: true,
    inlineWorkboxRuntime: true,
    // `…/?from=home-screen` is the same page.
    ignoreURLParametersMatching: [/.*/],
    sourcemap: false,
  },
});

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [snippetsAreSources, offline],
  build: {
    target: 'es2022',
    // Those that the README names: they know `light-dark()`. For older ones each colour would be written twice.
    cssTarget: ['chrome123', 'edge123', 'firefox125', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Says which files the first screen loads: `cargo xtask build` measures them.
    manifest: 'chunks.json',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
  },
  server: {
    host: '127.0.0.1',
    // Cargo's files are many and none of the page's business.
    watch: { ignored: ['**/target/**', '**/dist/**', '**/test-results/**'] },
  },
  logLevel: mode === 'production' ? 'warn' : 'info',
}));
