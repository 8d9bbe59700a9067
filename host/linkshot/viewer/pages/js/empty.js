/** What to say where a list has nothing to show, and what to do then. */

import { el, find, icon } from './dom.js';
import { t } from './i18n.js';

/** Shows or hides the words for an empty list; `what` is the situation, `actions` its buttons. */
export function showEmpty(what, facts = {}, actions = []) {
  const place = find('.empty');
  place.hidden = what === null;
  if (what === null) return;
  const steps = what === 'library' ? [1, 2, 3].map((step) => el('li', {}, el('span', {}, t(`empty.library_${step}`)))) : [];
  place.replaceChildren(
    el('span', { class: 'empty-picture' }, icon(what === 'search' ? 'search' : 'empty')),
    el('p', { class: 'empty-title' }, t(`empty.${what}`, facts)),
    steps.length > 0 ? el('ol', { class: 'empty-steps' }, ...steps) : el('p', { class: 'empty-text' }, t(`empty.${what}_text`, facts)),
    el('div', { class: 'empty-actions' }, ...actions.map(({ label, act, primary }) => el('button', { type: 'button', class: primary ? 'button primary' : 'button', onclick: act }, label))));
}
