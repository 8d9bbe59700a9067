/** The note of a link: saved as one pauses, and when one leaves it. */

import { post } from './api.js';
import { el } from './dom.js';
import { t } from './i18n.js';
import { failureText } from './toast.js';

const PAUSE_MS = 800;

/** A field with the link's note; `onSaved(link)` after each save. */
export function noteBox(link, onSaved) {
  const state = el('p', { class: 'note-state', role: 'status' });
  const field = el('textarea', { class: 'note-text', rows: 3, value: link.note, placeholder: t('note.placeholder'), 'aria-label': t('note.title') });
  let timer = 0;
  let saved = link.note;

  const save = async () => {
    clearTimeout(timer);
    const note = field.value;
    if (note === saved) return;
    try {
      onSaved(await post(`api/links/${link.link_id}/note`, { note }));
      saved = note;
      state.textContent = t('note.saved');
    } catch (failure) {
      state.textContent = failureText(failure);
    }
  };

  field.addEventListener('input', () => {
    state.textContent = '';
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  });
  field.addEventListener('blur', save);
  return el('div', { class: 'note' }, field, state);
}
