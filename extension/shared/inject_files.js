// The scripts that read the page of a tab, in their order: those of inject/files.json, then what a tab's reading asks of them.

const NAMES = ['core', 'tree', 'css', 'sheets', 'shown', 'fonts', 'pictures', 'images', 'svg', 'state', 'selection', 'scroll', 'top_layer', 'motion', 'concealed', 'sweep', 'settle', 'elements', 'serialise', 'policy', 'fetch', 'capture', 'tab'];

/** From the root: Firefox resolves other paths against the page that asks. */
export const INJECT_FILES = NAMES.map((name) => `/inject/${name}.js`);
