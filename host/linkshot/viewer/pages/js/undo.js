/** What was done in this window and how to take it back: from its message, by Ctrl+Z, from the journal. */

import { post } from './api.js';
import { t } from './i18n.js';
import { showFailure, showToast } from './toast.js';

const MOST = 50;

/** @type {{title: string, takeBack: () => Promise<unknown>, toast?: {close: () => void}}[]} */
const done = [];
/** @type {() => Promise<unknown>} */
let afterwards = async () => {};

/** Says what is to be drawn anew after something was taken back. */
export function followUndo(refresh) {
  afterwards = refresh;
}

/** Says what was done, with the way back. */
export function offerUndo(title, takeBack) {
  const entry = remember(title, takeBack);
  entry.toast = showToast({ title, actions: [{ label: t('undo'), act: () => takeBackEntry(entry) }] });
}

/** Says what was done to tags; `undoIds` are its entries of the journal, none where nothing changed. */
export function offerTagUndo(title, undoIds, then = async () => {}) {
  if (undoIds.length === 0) showToast({ title });
  else offerUndo(title, tagsBack(undoIds, then));
}

/** The same without a word, for what is plain to see. */
export function rememberTagUndo(title, undoIds) {
  if (undoIds.length > 0) remember(title, tagsBack(undoIds));
}

/** Takes back what was done last in this window. */
export async function undoLast() {
  const entry = done.at(-1);
  if (entry === undefined) showToast({ title: t('undo.nothing') });
  else await takeBackEntry(entry);
}

function remember(title, takeBack) {
  /** @type {typeof done[number]} */
  const entry = { title, takeBack };
  done.push(entry);
  if (done.length > MOST) done.shift();
  return entry;
}

function tagsBack(undoIds, then = async () => {}) {
  return async () => {
    await post('api/undo', { undo_ids: undoIds });
    await then();
  };
}

async function takeBackEntry(entry) {
  const place = done.indexOf(entry);
  if (place < 0) return; // taken back already
  done.splice(place, 1);
  entry.toast?.close();
  try {
    await entry.takeBack();
    await afterwards();
    showToast({ title: t('undo.done', { title: entry.title }) });
  } catch (failure) {
    if (failure.code === 'undo_not_found') { // in the journal, in another window, by the command line
      showToast({ title: t('undo.already', { title: entry.title }) });
      return;
    }
    done.splice(place, 0, entry);
    showFailure(failure);
  }
}
