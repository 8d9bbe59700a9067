// The chips of the tag field: the link's tags under the person's hands.

import { element, part } from '../shared/screen.js';
import { message } from '../shared/words.js';
import { createTagSet } from './tag_set.js';

/** @param {() => void} onChange called when a chip was taken away */
export function createChips(onChange) {
  const tags = createTagSet();
  const draw = () => part('chips').replaceChildren(...tags.all().map((tag) => chip(tag, () => take(tag))));

  /** @param {string} tag */
  function take(tag) {
    tags.take(tag);
    draw();
    onChange();
  }

  return {
    all: tags.all,
    changes: tags.changes,
    /** @param {string} tag */
    add(tag) {
      tags.add(tag);
      draw();
    },
    /** @param {string} tag */
    drop(tag) {
      tags.drop(tag);
      draw();
    },
    /** @param {string[]} kept @param {string[]} [renamed] */
    setKept(kept, renamed) {
      tags.setKept(kept, renamed);
      draw();
    },
    removeLast() {
      const last = tags.all().at(-1);
      if (last !== undefined) take(last);
    },
  };
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
