/** Splits a tag: all its links, or those picked, get other tags instead. */

import { get, post } from './api.js';
import { el } from './dom.js';
import { number, t } from './i18n.js';
import { titleOf } from './row.js';
import { draftTags } from './tagfield.js';
import { namesOf, splitText } from './tagplan.js';
import { showFailure } from './toast.js';
import { offerTagUndo } from './undo.js';

const SHOWN = 200;

/** Asks which tags, for which links; `chosen` are the links chosen in the list. */
export async function askSplit(dialog, tag, chosen, onChanged) {
  const links = await ownLinks(tag, chosen).catch(showFailure);
  if (!links) return;
  const picked = new Set(links.filter(({ link_id: id }) => chosen.has(id)).map(({ link_id: id }) => id));
  const wanted = () => ({ tag: tag.path, into: field.tags, link_ids: pick.isAll() ? null : [...picked] });
  const update = () => {
    if (tag.links === 0) dialog.say({ text: t('split.none', { tag: tag.path }), verb: 'split.do', idle: true });
    else if (field.tags.length === 0 || (!pick.isAll() && picked.size === 0)) dialog.say({ text: t('split.hint'), verb: 'split.do', idle: true });
    else dialog.sayLater('split.do', async () => splitText((await post('api/tags/split', { ...wanted(), only_plan: true })).plan, tag.path, field.tags));
  };
  const field = draftTags(update);
  const pick = pickLinks(links, tag, picked, update);
  dialog.open({
    title: t('split.title', { tag: tag.path }),
    body: [el('div', { class: 'field' }, el('span', {}, t('split.into')), field.element), ...pick.parts],
    isWide: true,
    submit: async () => {
      const { undo_ids: undoIds } = await post('api/tags/split', wanted());
      await onChanged([]);
      offerTagUndo(t('split.done', { tag: tag.path, names: namesOf(field.tags) }), undoIds);
    },
  });
  update();
  field.focus();
}

/** The newest links with this very tag, those chosen in the list first. */
async function ownLinks(tag, chosen) {
  const found = (await get('api/links', { tag: tag.path, limit: SHOWN })).links;
  const own = [...chosen.values(), ...found.filter(({ link_id: id }) => !chosen.has(id))];
  return own.filter(({ tags }) => tags.includes(tag.path));
}

function pickLinks(links, tag, picked, onChange) {
  const all = radio(t('split.all', { n: tag.links }), picked.size === 0);
  const some = radio(t('split.some'), picked.size > 0);
  const boxes = el('ul', { class: 'pick-list', 'aria-label': t('split.links') }, ...links.map((link) => pickRow(link, picked, () => { some.input.checked = true; changed(); })));
  const more = links.length < tag.links ? el('p', { class: 'hint' }, t('split.newest', { n: links.length, all: number(tag.links) })) : null;
  const changed = () => { boxes.dataset.state = all.input.checked ? 'all' : 'some'; onChange(); };
  all.input.addEventListener('change', changed);
  some.input.addEventListener('change', changed);
  boxes.dataset.state = picked.size === 0 ? 'all' : 'some';
  const group = el('div', { class: 'radios', role: 'radiogroup', 'aria-label': t('split.which') }, all.label, some.label);
  return { parts: [group, boxes, ...(more ? [more] : [])], isAll: () => all.input.checked };
}

function radio(text, checked) {
  const input = el('input', { type: 'radio', name: 'split-which', checked });
  return { input, label: el('label', { class: 'radio' }, input, text) };
}

function pickRow(link, picked, onChange) {
  const box = el('input', { type: 'checkbox', checked: picked.has(link.link_id) });
  box.addEventListener('change', () => {
    if (box.checked) picked.add(link.link_id);
    else picked.delete(link.link_id);
    onChange();
  });
  return el('li', {}, el('label', { class: 'pick' }, box, el('span', { class: 'pick-title', title: titleOf(link) }, titleOf(link)), el('span', { class: 'pick-site' }, link.site)));
}
