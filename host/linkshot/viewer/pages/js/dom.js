/** Builds elements from values; text always enters by textContent. */

const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  menu: ['M3 6h14', 'M3 10h14', 'M3 14h14'],
  search: ['M13.2 13.2 17 17', 'M14.5 9a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0Z'],
  plus: ['M10 4v12', 'M4 10h12'],
  help: ['M7.6 7.6a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.2.9-1.2 1.8', 'M10 14.2v.1', 'M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0Z'],
  star: ['m10 3 2.2 4.5 4.8.7-3.5 3.4.8 4.9L10 14.2l-4.3 2.3.8-4.9L3 8.2l4.8-.7Z'],
  all: ['M4 5h12', 'M4 10h12', 'M4 15h12'],
  tag: ['M10.5 3H16a1 1 0 0 1 1 1v5.5L9.5 17 3 10.5Z', 'M13.5 6.5v.1'],
  trash: ['M4 6h12', 'M8 6V4h4v2', 'M5.5 6l.7 10h7.6l.7-10'],
  chevron: ['m8 5 5 5-5 5'],
  back: ['m12 5-5 5 5 5'],
  restore: ['M4 8h8a4 4 0 0 1 0 8H8', 'm7 5-3 3 3 3'],
  close: ['m5 5 10 10', 'M15 5 5 15'],
  live: ['M11 4h5v5', 'M16 4l-7 7', 'M8 5H5a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1v-3'],
  note: ['M4 4h12v9l-4 4H4Z', 'M12 17v-4h4', 'M7 8h6', 'M7 11h3'],
  save: ['M10 4v8', 'm6.5 9 3.5 3.5L13.5 9', 'M4 16h12'],
  read: ['M4 5c2.5-1 4.5-.6 6 .6 1.5-1.2 3.5-1.6 6-.6v10.6c-2.5-1-4.5-.6-6 .6-1.5-1.2-3.5-1.6-6-.6Z', 'M10 5.6v10.6'],
  more: ['M5 10h.1', 'M10 10h.1', 'M15 10h.1'],
  swap: ['M4 7h11', 'm12 4 3 3-3 3', 'M16 13H5', 'm8 10-3 3 3 3'],
  done: ['m4.5 10.5 3.5 3.5 7.5-8'],
  warn: ['M10 7v4', 'M10 13.6v.1', 'M10 3 2.5 16.5h15Z'],
  empty: ['M4 11l2-6h8l2 6', 'M4 11v5h12v-5h-4l-1 2H9l-1-2Z'],
};

/** An element with properties (`class`, `on…` listeners, aria and data attributes) and children. */
export function el(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    setProperty(made, name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

function setProperty(made, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
  else if (name === 'class') made.className = value;
  else if (name in made && !name.includes('-')) made[name] = value;
  else made.setAttribute(name, value === true ? 'true' : String(value));
}

/** A line drawing by name; decoration only. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  for (const path of PATHS[name] ?? []) {
    const line = document.createElementNS(SVG, 'path');
    line.setAttribute('d', path);
    svg.append(line);
  }
  return svg;
}

/** The one element that fits; a missing one is a fault of the page. */
export function find(selector, root = document) {
  const found = root.querySelector(selector);
  if (found === null) throw new Error(`no element ${selector}`);
  return found;
}

/** Puts the drawings in where the page names them. */
export function fillIcons(root = document) {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-icon]'))) place.prepend(icon(place.dataset.icon));
}

/** Whether keys belong to a field just now. */
export function isTyping(target) {
  if (target instanceof HTMLInputElement && /^(checkbox|radio)$/.test(target.type)) return false;
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Before anyone listened a press would be lost: the page begins inert, but for the box that keeps what is typed. */
export function takePresses() {
  for (const part of document.querySelectorAll('[inert]')) part.removeAttribute('inert');
}
