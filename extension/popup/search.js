// The search field: answers as one types, from the library's own search; loaded when the field is first entered.

import { askWorker } from '../shared/ask_worker.js';
import { element, part } from '../shared/screen.js';
import { dayOf, errorMessage, message } from '../shared/words.js';
import { createListbox } from './listbox.js';
import { notesOf, snippetPieces } from './search_text.js';

/** @import { Found, Hit } from '../shared/protocol.js' */

const SHOWN = 5;
const PAUSE_MS = 120;

const input = /** @type {HTMLInputElement} */ (part('search-input'));
const listbox = createListbox(input, part('hits'));

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** The words whose answer is shown or on its way. @type {string | null} */
let asked = null;
/** What the rows shown open, in their order. @type {(() => void)[]} */
let doors = [];
let answered = Promise.resolve();

input.addEventListener('input', (event) => {
  // while an input method composes, the letters typed are not the word meant
  if (/** @type {InputEvent} */ (event).isComposing) return;
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE_MS);
});
input.addEventListener('compositionend', () => ask());
input.addEventListener('keydown', onKey);
ask();

/** Ask for what the field holds, unless that is what is shown or on its way. */
function ask() {
  clearTimeout(timer);
  const query = input.value.trim();
  if (query !== asked) {
    asked = query;
    answered = answer(query);
  }
  return answered;
}

/** @param {string} query */
async function answer(query) {
  if (!query) {
    draw([], '');
    return;
  }
  try {
    const found = await askWorker('search', { query, limit: SHOWN });
    if (query === asked) show(query, found);
  } catch (error) {
    if (query !== asked) return;
    draw([], errorMessage(/** @type {{ code: string }} */ (error)));
    asked = null; // the same words may be asked again
  }
}

/** @param {string} query @param {Found} found */
function show(query, found) {
  const rows = found.hits.map((hit) => ({ row: hitRow(hit), choose: () => void open(hit.link_id, '') }));
  const count = found.total + found.most;
  if (count > rows.length) {
    rows.push({ row: element('li', 'hit-all', message('search_all', count)), choose: () => void open(null, query) });
  }
  draw(rows, notesOf(found).map(([key, ...facts]) => message(key, ...facts)).join('\n'));
}

/** @param {{ row: HTMLElement, choose: () => void }[]} rows @param {string} note */
function draw(rows, note) {
  doors = rows.map(({ choose }) => choose);
  listbox.show(rows, 0);
  part('search-note').textContent = note;
  part('search-note').hidden = !note;
}

/** The library's window, at a link or at all that a query finds. @param {number | null} linkId @param {string} query */
async function open(linkId, query) {
  try {
    await askWorker('viewer.open', { link_id: linkId, query });
    window.close();
  } catch (error) {
    draw([], errorMessage(/** @type {{ code: string }} */ (error)));
    asked = null;
  }
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  // 229: some input methods send the key that ends a composition after it has ended
  if (event.isComposing || event.keyCode === 229) return;
  /** @type {Record<string, () => unknown>} */
  const keys = {
    Enter: () => ask().then(() => doors[listbox.at()]?.()),
    ArrowDown: () => listbox.move(1),
    ArrowUp: () => listbox.move(-1),
    Escape: leave,
  };
  const action = keys[event.key];
  if (!action) return;
  action();
  event.preventDefault();
  event.stopPropagation();
}

/** Back to the tags; from there the same key closes the popup. */
function leave() {
  input.value = '';
  void ask();
  part('tag-input').focus();
}

/** @param {Hit} hit */
function hitRow({ url, title, site, last_captured_at: capturedAt, tags, snippet, has_all: hasAll }) {
  const row = element('li', 'hit');
  const passage = element('p', 'hit-passage');
  if (!hasAll) passage.append(element('span', 'hit-part', message('search_part')));
  if (site) passage.append(element('span', 'hit-site', site));
  passage.append(...snippetPieces(snippet).map(({ text, isHit }) => element(isHit ? 'mark' : 'span', '', text)));
  row.append(element('span', 'hit-title', title || url), element('span', 'hit-day', capturedAt ? dayOf(capturedAt) : ''), passage);
  row.title = [url, ...tags.map((tag) => `#${tag}`)].join('\n');
  return row;
}
