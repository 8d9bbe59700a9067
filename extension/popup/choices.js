// The list under the tag field: tags that fit what is typed, chosen by arrows or pointer.

import { element, part } from '../shared/screen.js';
import { createListbox } from './listbox.js';
import { isSame } from './tag_text.js';

/** @import { TagCount } from '../shared/protocol.js' */

const MAX_CHOICES = 8;

/**
 * @param {HTMLInputElement} input
 * @param {(text: string) => Promise<TagCount[]>} complete
 * @param {(path: string) => void} onChoose
 */
export function createChoices(input, complete, onChoose) {
  const listbox = createListbox(input, part('choices'));
  const shown = { paths: /** @type {string[]} */ ([]), asked: 0 };

  const draw = (/** @type {TagCount[]} */ tags) => {
    shown.paths = tags.map(({ path }) => path);
    listbox.show(tags.map((tag) => ({ row: choice(tag), choose: () => onChoose(tag.path) })));
  };

  /** @param {TagCount[]} tags */
  function show(tags) {
    shown.asked += 1; // what was asked before comes too late
    draw(tags);
  }

  return {
    isOpen: listbox.isOpen,
    chosen: () => shown.paths[listbox.at()] ?? '',
    first: () => shown.paths[0] ?? '',
    close: () => show([]),
    show,
    move: listbox.move,
    /** @param {string} text @param {string[]} taken */
    async open(text, taken) {
      const mine = (shown.asked += 1);
      // without the host there is nothing to complete from; typing goes on
      const tags = text.trim() ? await complete(text.trim()).catch(() => []) : [];
      if (mine !== shown.asked) return;
      draw(tags.filter(({ path }) => !taken.some((tag) => isSame(tag, path))).slice(0, MAX_CHOICES));
    },
  };
}

/** @param {TagCount} tag */
function choice({ path, links }) {
  const row = element('li', 'choice');
  row.append(element('span', 'choice-name', path), element('span', 'choice-count', links ? String(links) : ''));
  return row;
}
