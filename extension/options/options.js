// The options page: is the host there, what waits in the outbox, a short help.

import { browser } from '../shared/browser.js';
import { PROTOCOL } from '../shared/protocol.js';
import { element, fillWords, part } from '../shared/screen.js';
import { askWorker } from '../shared/ask_worker.js';
import { currentShortcut } from '../shared/shortcut.js';
import { dayOf, errorMessage, message, sizeOf, waitingMessage } from '../shared/words.js';

/** @import { OutboxItem } from '../background/outbox.js' */

const REFRESH_MS = 3_000;
/** The items as they stand on the page. */
let shown = '';

fillWords();
part('retry-all').addEventListener('click', () => void act('outbox.retry_all'));
void showShortcut();
void refresh();

async function showShortcut() {
  part('help-click').textContent = message('help_click', (await currentShortcut()) || '–');
}

/** @param {'there' | 'trouble'} state @param {string} words */
function tellHost(state, words) {
  const line = part('host');
  line.dataset.state = state;
  // said anew, the same words would be read out again
  if (line.textContent !== words) line.textContent = words;
}

async function showHost() {
  const facts = [[message('options_extension_version'), browser.runtime.getManifest().version]];
  try {
    const hello = await askWorker('host.hello');
    tellHost('there', message('options_host_there'));
    facts.push([message('options_host_version'), hello.host_version], [message('options_library'), hello.library]);
  } catch (error) {
    tellHost('trouble', errorMessage(/** @type {{ code: string }} */ (error)));
  }
  facts.push([message('options_protocol'), String(PROTOCOL)]);
  const made = facts.flatMap(([name, value]) => [element('dt', '', name), element('dd', '', value)]);
  // drawn anew, what is selected there to be copied would be let go
  if (made.map(({ textContent }) => textContent).join('') !== part('facts').textContent) part('facts').replaceChildren(...made);
}

async function refresh() {
  // it may have been installed meanwhile, or be gone
  await Promise.all([showItems(), showHost()]);
  setTimeout(() => void refresh(), REFRESH_MS);
}

async function showItems() {
  /** @type {OutboxItem[]} */
  let items;
  try {
    items = await askWorker('outbox.list');
  } catch (error) {
    // what was listed may still be there; nothing may be said to be
    tellOutbox(shown ? '' : errorMessage(/** @type {{ code: string }} */ (error)));
    return;
  }
  tellOutbox(items.length ? '' : message('options_outbox_empty'));
  // drawn anew, a button would lose the keyboard
  if (JSON.stringify(items) === shown) return;
  shown = JSON.stringify(items);
  part('retry-all').hidden = !items.some(({ state }) => state === 'waiting');
  const at = [...part('items').children].indexOf(/** @type {Element} */ (document.activeElement?.closest('.item')));
  part('items').replaceChildren(...items.map(itemRow));
  // a row that is gone leaves the keyboard with the one in its place
  if (at >= 0) [...part('items').querySelectorAll('.item')].slice(0, at + 1).at(-1)?.querySelector('button')?.focus();
}

/** @param {string} words */
function tellOutbox(words) {
  part('empty').hidden = !words;
  part('empty').textContent = words;
}

/** @param {OutboxItem} item */
function itemRow(item) {
  const { capture_id, state, created_at, size, error } = item;
  const row = element('li', 'item');
  row.dataset.state = state;
  const text = element('div', 'item-text');
  text.append(
    titleOf(item),
    element('p', 'item-more', [message(`item_${state}`), dayOf(created_at), size ? sizeOf(size) : '', ...contentOf(item)].filter(Boolean).join(' · ')),
  );
  if (error && state !== 'discarded') text.append(element('p', 'item-error', reasonOf(item, error)));
  row.append(text);
  if (state === 'discarded') {
    row.append(
      button('outbox_restore', () => act('outbox.restore', capture_id)),
      button('outbox_forget', () => act('outbox.forget', capture_id)),
    );
  } else if (state !== 'capturing') {
    row.append(
      button('try_again', () => act('outbox.retry', capture_id)),
      button('outbox_discard', () => act('outbox.discard', capture_id)),
    );
  }
  return row;
}

/** The tags that wait, and the address. @param {OutboxItem} item */
function contentOf({ add, remove, page_url }) {
  return [[...add.map((tag) => `+${tag}`), ...remove.map((tag) => `−${tag}`)].join(' '), page_url];
}

/** @param {OutboxItem} item @param {NonNullable<OutboxItem['error']>} error */
function reasonOf({ kind, state }, error) {
  if (kind === 'tags' && state === 'waiting') return message('waiting_tags', errorMessage(error));
  return kind === 'capture' && /^(waiting|refused)$/.test(state) ? waitingMessage(error) : errorMessage(error);
}

/** A page that was not kept can be opened by its title. @param {OutboxItem} item */
function titleOf({ title, page_url }) {
  const line = element('p', 'item-title', '');
  const link = element('a', '', title || page_url);
  if (/^https?:/.test(page_url)) link.setAttribute('href', page_url);
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noreferrer');
  line.append(link);
  return line;
}

/** @param {string} words @param {() => void} onClick */
function button(words, onClick) {
  const made = element('button', 'button quiet', message(words));
  made.setAttribute('type', 'button');
  made.addEventListener('click', onClick);
  return made;
}

/** @param {string} type @param {string} [captureId] */
async function act(type, captureId) {
  try {
    await askWorker(type, captureId ? { capture_id: captureId } : {});
  } catch {
    // the item itself says what went wrong, once it is shown again
  }
  await Promise.all([showItems(), showHost()]);
}
