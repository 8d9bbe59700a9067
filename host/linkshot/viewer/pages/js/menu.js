/** A small menu at a place in the window; Esc, a click elsewhere or a choice closes it. */

import { el } from './dom.js';

const EDGE = 8;

/** Shows `items`, each `{label, act}`, at a point; the focus goes back where it was. */
export function openMenu(items, { x, y }) {
  const before = document.activeElement;
  const menu = el('div', { class: 'menu', role: 'menu', popover: 'auto' }, ...items.map(({ label, act }) =>
    el('button', { type: 'button', class: 'menu-item', role: 'menuitem', onclick: () => { menu.hidePopover(); act(); } }, label)));
  menu.addEventListener('keydown', (event) => moved(event, menu));
  menu.addEventListener('toggle', (event) => {
    if (event.newState !== 'closed') return;
    menu.remove();
    if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
  });
  document.body.append(menu);
  menu.showPopover();
  menu.style.left = `${Math.max(EDGE, Math.min(x, innerWidth - menu.offsetWidth - EDGE))}px`;
  menu.style.top = `${Math.max(EDGE, Math.min(y, innerHeight - menu.offsetHeight - EDGE))}px`;
  focusOn(menu.firstElementChild);
}

function moved(event, menu) {
  event.stopPropagation();
  const item = document.activeElement;
  const places = {
    ArrowDown: item?.nextElementSibling ?? menu.firstElementChild,
    ArrowUp: item?.previousElementSibling ?? menu.lastElementChild,
    Home: menu.firstElementChild,
    End: menu.lastElementChild,
  };
  const place = places[event.key];
  if (!place) return;
  event.preventDefault();
  focusOn(place);
}

function focusOn(item) {
  if (item instanceof HTMLElement) item.focus();
}
