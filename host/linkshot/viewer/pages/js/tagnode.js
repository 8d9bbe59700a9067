/** One line of the tree of tags. */

import { colorDot } from './colors.js';
import { el, icon } from './dom.js';
import { number, t } from './i18n.js';

const STEP_PX = 14;

/** A node for a row of the tree; `state` says whether it is open, current and marked, `on` what its parts do. */
export function tagNode({ tag, name, depth, hasChildren }, state, on) {
  const twist = hasChildren
    ? el('span', { class: 'tag-twist', onclick: (event) => { event.stopPropagation(); on.toggle(tag.path); } }, icon('chevron'))
    : el('span', { class: 'tag-twist' });
  const count = el('span', { class: 'side-count' }, number(tag.links_below));
  const line = el('div', { class: 'tag-line', title: [tag.path, ...tag.aliases].join(' = ') }, twist, colorDot(tag.path), el('span', { class: 'side-name' }, name), count, more(tag, on.menu));
  line.style.paddingLeft = `${depth * STEP_PX}px`;
  return el('div', {
    class: 'tag-node',
    role: 'treeitem',
    tabIndex: -1,
    'aria-level': String(depth + 1),
    'aria-current': state.isCurrent ? 'true' : null,
    'aria-selected': String(state.isMarked),
    'aria-expanded': hasChildren ? String(state.isOpen) : null,
    'aria-label': t('tags.with_count', { tag: name, n: tag.links_below }),
    'data-tag': tag.path,
    draggable: true,
    onclick: (event) => on.click(event, tag.path),
  }, line);
}

/** Puts the keyboard on a node, and Tab's way into the tree with it. */
export function focusNode(node) {
  if (!(node instanceof HTMLElement)) return;
  for (const other of node.parentElement?.querySelectorAll('[tabindex="0"]') ?? []) /** @type {HTMLElement} */ (other).tabIndex = -1;
  node.tabIndex = 0;
  node.focus();
}

function more(tag, onMenu) {
  const label = t('tagedit.more', { tag: tag.path });
  const open = (event) => {
    event.stopPropagation();
    const place = event.currentTarget.getBoundingClientRect();
    onMenu(tag, { x: place.left, y: place.bottom });
  };
  return el('button', { type: 'button', class: 'tag-more', tabIndex: -1, 'aria-label': label, title: label, onclick: open }, icon('more'));
}
