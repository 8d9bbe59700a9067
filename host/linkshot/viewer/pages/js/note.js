/** The note of a link: saved as one pauses, and when one leaves it; what is not saved yet is kept by link. */

import { post } from './api.js';
import { el } from './dom.js';
import { t } from './i18n.js';
import { titleOf } from './row.js';
import { failureText, showToast } from './toast.js';

const PAUSE_MS = 800;

/** What is typed and not saved, by the link's id. @type {Map<number, string>} */
const drafts = new Map();

/** Whether a link has a note, saved or not. */
export function hasNote(link) {
  return (drafts.get(link.link_id) ?? link.note) !== '';
}

/** Shows in the note's field what was written elsewhere, so that it is not written over; not where something is typed. */
export function renewNote(pane, link) {
  const field = pane.querySelector('.note-text');
  if (field !== null && !drafts.has(link.link_id) && field.value !== link.note) field.value = link.note;
}

/** A field with the link's note; `onSaved(link)` after each save. */
export function noteBox(link, onSaved) {
  const { link_id: linkId } = link;
  const state = el('p', { class: 'note-state', role: 'status' }, drafts.has(linkId) ? t('note.unsaved') : '');
  const field = el('textarea', { class: 'note-text', rows: 3, value: drafts.get(linkId) ?? link.note, placeholder: t('note.placeholder'), 'aria-label': t('note.title') });
  let timer = 0;

  const save = async () => {
    clearTimeout(timer);
    const note = drafts.get(linkId);
    if (note === undefined) return;
    try {
      const saved = await post(`api/links/${linkId}/note`, { note });
      if (drafts.get(linkId) === note) drafts.delete(linkId);
      onSaved(saved);
      state.textContent = t('note.saved');
    } catch (failure) { // who left the field does not see what stands below it
      state.textContent = failureText(failure);
      if (document.activeElement !== field) showToast({ state: 'failed', title: t('note.failed', { title: titleOf(link) }), note: failureText(failure), actions: [{ label: t('retry'), act: save }] });
    }
  };

  field.addEventListener('input', () => {
    drafts.set(linkId, field.value);
    state.textContent = '';
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  });
  field.addEventListener('blur', save);
  return el('div', { class: 'note' }, field, state);
}
