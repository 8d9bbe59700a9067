/** The keyboard: what each key does, and the dialog that says so. */

import { el, find, isTyping } from './dom.js';
import { t } from './i18n.js';

/** @type {[string[], string][]} */
const HELP = [
  [['/'], 'keys.search'],
  [['↑', '↓', 'j', 'k'], 'keys.move'],
  [['Enter'], 'keys.open'],
  [['Esc'], 'keys.back'],
  [['n'], 'keys.add'],
  [['s'], 'keys.star'],
  [['t'], 'keys.tags'],
  [['Alt', '1–5'], 'keys.suggested'],
  [['x', 'Shift+↓'], 'keys.choose'],
  [['Ctrl+A'], 'keys.choose_all'],
  [['Del'], 'keys.trash'],
  [['Ctrl+Z'], 'keys.undo'],
  [['F2'], 'keys.rename'],
  [['?'], 'keys.help'],
];

/** Shows the list of keys. */
export function showKeys() {
  const dialog = find('.help-dialog');
  find('.keys', dialog).replaceChildren(...HELP.flatMap(([keys, words]) => [
    el('dt', {}, ...keys.map((key) => el('kbd', {}, key))),
    el('dd', {}, t(words)),
  ]));
  dialog.showModal();
}

/** Binds the keys; `actions` maps a key to what it does, `move` takes those that move in the list. */
export function bindKeys(actions, move) {
  document.addEventListener('keydown', (event) => {
    if (isTaken(event) || move(event)) return;
    const act = actions[isCommand(event) ? `Ctrl+${event.key.toLowerCase()}` : event.key];
    if (act === undefined) return;
    if (act(event) !== false) event.preventDefault();
  });
}

/** With Ctrl, or on a Mac with ⌘. */
function isCommand(event) {
  return event.ctrlKey || event.metaKey;
}

/** Whether a key is for something else: the system, a dialog, a field. */
function isTaken(event) {
  if (event.defaultPrevented || event.isComposing || event.altKey) return true;
  if (isCommand(event) && event.shiftKey) return true;
  if (document.querySelector('dialog[open]') !== null) return true;
  return isTyping(event.target) && event.key !== 'Escape';
}
