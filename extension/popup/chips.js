// The chips of the tag field: the link's tags as they are, and what this popup changed.

import { element, part } from '../shared/screen.js';
import { message } from '../shared/words.js';
import { isSame } from './tag_text.js';

/**
 * The tags of one link under the person's hands.
 * @param {() => void} onChange called when a chip was taken away
 */
export function createChips(onChange) {
  const tags = { kept: /** @type {string[]} */ ([]), add: /** @type {string[]} */ ([]), remove: /** @type {string[]} */ ([]) };
  const draw = () => part('chips').replaceChildren(...shown(tags).map((tag) => chip(tag, () => take(tag))));

  /** @param {string} tag */
  function take(tag) {
    tags.add = tags.add.filter((other) => !isSame(other, tag));
    const own = tags.kept.find((other) => isSame(other, tag));
    if (own) tags.remove = [...tags.remove.filter((other) => other !== own), own];
    draw();
    onChange();
  }

  return {
    all: () => shown(tags),
    changes: () => ({ add: [...tags.add], remove: [...tags.remove] }),
    /** @param {string} tag */
    add(tag) {
      tags.remove = tags.remove.filter((other) => !isSame(other, tag));
      if (!tags.add.some((other) => isSame(other, tag))) tags.add = [...tags.add, tag];
      draw();
    },
    /** @param {string} tag */
    drop(tag) {
      tags.add = tags.add.filter((other) => other !== tag);
      draw();
    },
    /** @param {string[]} kept */
    setKept(kept) {
      tags.kept = kept;
      draw();
    },
    removeLast() {
      const last = shown(tags).at(-1);
      if (last !== undefined) take(last);
    },
  };
}

/** @param {{ kept: string[], add: string[], remove: string[] }} tags */
function shown({ kept, add, remove }) {
  const fresh = add.filter((tag) => !kept.some((other) => isSame(tag, other)));
  return [...kept.filter((tag) => !remove.includes(tag)), ...fresh];
}

/** @param {string} tag @param {() => void} onRemove */
function chip(tag, onRemove) {
  const item = element('li', 'chip');
  const button = element('button', 'chip-remove', '×');
  button.setAttribute('type', 'button');
  button.setAttribute('aria-label', message('tag_remove', tag));
  button.addEventListener('click', onRemove);
  item.append(element('span', 'chip-name', tag), button);
  return item;
}
