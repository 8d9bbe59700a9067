/** A small menu at a place in the window; Esc, a click elsewhere or a choice closes it. */

import { el, icon } from './dom.js';

const EDGE = 8;

/**
 * Shows `items` at a point, each `{label, act}`, one of several choices also with `isOn`, or null for a line between
 * two groups; the focus goes back where it was.
 */
export function openMenu(items, { x, y }) {
  const before = document.activeElement;
  const menu = el('div', { class: 'menu', role: 'menu', popover: 'auto' });
  menu.append(...items.map((item) => menuItem(item, menu)));
  menu.addEventListener('keydown', (event) => moved(event, menu));
  menu.addEventListener('toggle', (event) => {
    if (event.newState !== 'closed') return;
    menu.remove();
    if (document.activeElement === document.body) focusOn(asNow(before));
  });
  document.body.append(menu);
  menu.showPopover();
  menu.style.left = `${Math.max(EDGE, Math.min(x, innerWidth - menu.offsetWidth - EDGE))}px`;
  menu.style.top = `${Math.max(EDGE, Math.min(y, innerHeight - menu.offsetHeight - EDGE))}px`;
  focusOn(menu.firstElementChild);
}

function menuItem(item, menu) {
  if (item === null) return el('hr', { class: 'menu-line' });
  const { label, act, isOn } = item;
  const role = isOn === undefined ? 'menuitem' : 'menuitemradio';
  const button = el('button', { type: 'button', class: 'menu-item', role, onclick: () => { menu.hidePopover(); act(); } }, el('span', {}, label));
  if (isOn === undefined) return button;
  button.setAttribute('aria-checked', String(isOn));
  button.prepend(icon(isOn ? 'done' : ''));
  return button;
}

function moved(event, menu) {
  event.stopPropagation();
  if (event.key === 'Tab') menu.hidePopover();
  const items = [...menu.querySelectorAll('.menu-item')];
  const at = items.indexOf(document.activeElement);
  const places = {
    ArrowDown: items[(at + 1) % items.length],
    ArrowUp: items.at(at <= 0 ? -1 : at - 1),
    Home: items[0],
    End: items.at(-1),
  };
  const place = places[event.key];
  if (!place) return;
  event.preventDefault();
  focusOn(place);
}

/** What had the focus, also where it is a tag that has been drawn anew. */
function asNow(before) {
  const path = before?.isConnected ? undefined : before?.dataset.tag;
  return path === undefined ? before : document.querySelector(`.tag-node[data-tag="${CSS.escape(path)}"]`);
}

function focusOn(item) {
  if (item instanceof HTMLElement) item.focus();
}
