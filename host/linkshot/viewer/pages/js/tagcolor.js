/** Gives a tag a colour: one of a few that go well together, or any. */

import { post } from './api.js';
import { colorOf, dotOf } from './colors.js';
import { labelled } from './dialog.js';
import { el } from './dom.js';
import { t } from './i18n.js';
import { offerTagUndo } from './undo.js';

/** Seen well on light and dark alike. */
const COLORS = ['#c2504a', '#c77a2c', '#a58a1f', '#4f8f46', '#2a8f8a', '#3f7fc0', '#7a68c4', '#b25a96', '#7b838c'];

/** Asks for the colour of a tag. */
export function askColor(dialog, tag, onChanged) {
  let chosen = tag.color ?? '';
  const free = el('input', { type: 'color', class: 'color-free', value: chosen || colorOf(tag.path) || '#2a8f8a' });
  const swatches = ['', ...COLORS].map((color) => swatch(color, color === chosen, () => { chosen = color; }));
  const choices = el('div', { class: 'colors', role: 'radiogroup', 'aria-label': t('color.label') }, ...swatches.map(({ label }) => label));
  free.addEventListener('input', () => {
    chosen = free.value;
    for (const { input } of swatches) input.checked = false;
  });
  dialog.open({
    title: t('color.title', { tag: tag.path }),
    body: [choices, labelled(t('color.free'), free)],
    submit: async () => {
      if (chosen === (tag.color ?? '')) return;
      const { undo_ids: undoIds } = await post('api/tags/color', { tag: tag.path, color: chosen || null });
      await onChanged([]);
      offerTagUndo(t(chosen ? 'color.done' : 'color.gone', { tag: tag.path }), undoIds);
    },
  });
  dialog.say({ text: t('color.hint'), verb: 'color.do' });
}

function swatch(color, isChosen, choose) {
  const name = color === '' ? t('color.none') : color;
  const input = el('input', { type: 'radio', name: 'tag-color', class: 'visually-hidden', checked: isChosen, 'aria-label': name, onchange: choose });
  const dot = dotOf(color) ?? el('span', { class: 'tag-dot', 'data-state': 'none' });
  return { input, label: el('label', { class: 'swatch', title: name }, input, dot) };
}
