/** The colours of tags: a tag without one has that of the nearest tag above. */

import { el } from './dom.js';

/** @type {Map<string, string>} */
let colors = new Map();

/** Takes over the colours of all tags; true if any is another than before. */
export function learnColors(tags) {
  const learned = new Map(tags.filter(({ color }) => color).map(({ path, color }) => [path, color]));
  const isSame = learned.size === colors.size && [...learned].every(([path, color]) => colors.get(path) === color);
  colors = learned;
  return !isSame;
}

/** The colour of a tag, else an empty text. */
export function colorOf(path) {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const color = colors.get(path.slice(0, end));
    if (color) return color;
  }
  return '';
}

/** A dot in the tag's colour, or null. */
export function colorDot(path) {
  return dotOf(colorOf(path));
}

/** A dot in a colour, or null. */
export function dotOf(color) {
  if (!color) return null;
  const dot = el('span', { class: 'tag-dot', 'aria-hidden': 'true' });
  dot.style.backgroundColor = color;
  return dot;
}
