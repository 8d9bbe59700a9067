// The rules that keep the extension readable; sizes are those of the house style.

const worker = ['self', 'indexedDB', 'OffscreenCanvas', 'createImageBitmap'];
const web = [
  'AbortController', 'AbortSignal', 'Blob', 'DOMException', 'Event', 'FileReader', 'Headers', 'Intl', 'Response',
  'TextDecoder', 'TextEncoder', 'URL', 'URLSearchParams', 'atob', 'btoa', 'clearTimeout', 'console', 'crypto', 'fetch',
  'navigator', 'performance', 'queueMicrotask', 'setTimeout', 'structuredClone',
];
const page = [
  'CSS', 'Document', 'DocumentFragment', 'Element', 'HTMLElement', 'HTMLButtonElement', 'HTMLInputElement',
  'KeyboardEvent', 'Node', 'ShadowRoot', 'document', 'getComputedStyle', 'location', 'requestAnimationFrame', 'window',
];

const injected = ['CSSStyleSheet', 'DOMParser', 'DOMRect', 'Image', 'MessageChannel', 'MutationObserver', 'XMLSerializer', 'dispatchEvent', 'innerHeight', 'scrollTo'];

const viewerPage = ['EventSource', 'HTMLElement', 'ResizeObserver', 'history', 'innerHeight', 'innerWidth'];

/** @param {string[]} names */
const readonly = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

const rules = {
  'array-callback-return': 'error',
  complexity: ['error', 10],
  'consistent-return': 'error',
  eqeqeq: 'error',
  'max-lines': ['error', { max: 250 }],
  'max-lines-per-function': ['error', { max: 40 }],
  'max-params': ['error', 5],
  'no-console': 'error',
  'no-constant-condition': 'error',
  'no-dupe-keys': 'error',
  'no-empty': ['error', { allowEmptyCatch: false }],
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-param-reassign': 'error',
  'no-redeclare': 'error',
  'no-restricted-properties': [
    'error',
    { property: 'innerHTML', message: 'snapshots are hostile: use textContent' },
    { property: 'outerHTML', message: 'snapshots are hostile: use textContent' },
    { property: 'insertAdjacentHTML', message: 'snapshots are hostile: use textContent' },
  ],
  'no-undef': 'error',
  'no-unreachable': 'error',
  'no-unused-vars': 'error',
  'no-use-before-define': ['error', { functions: false, classes: false, variables: false }],
  'no-var': 'error',
  'prefer-const': 'error',
};

export default [
  { ignores: ['**/node_modules/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['extension/**/*.js'],
    languageOptions: { sourceType: 'module', globals: readonly([...web, ...worker]) },
    rules,
  },
  {
    files: ['extension/popup/**/*.js', 'extension/options/**/*.js', 'extension/shared/screen.js'],
    languageOptions: { globals: readonly(page) },
  },
  {
    files: ['extension/inject/*.js'],
    languageOptions: { sourceType: 'script', globals: readonly([...page, ...injected]) },
  },
  {
    files: ['host/linkshot/viewer/pages/js/*.js'],
    languageOptions: { sourceType: 'module', globals: readonly([...web, ...page, ...viewerPage]) },
    rules,
  },
  {
    files: ['tests/js/**/*.js'],
    languageOptions: { sourceType: 'module', globals: readonly([...web, 'process', 'Buffer', 'setImmediate']) },
    rules: { ...rules, 'max-lines-per-function': 'off' },
  },
];
