// The list under the tag field: tags that fit what is typed, chosen by arrows or pointer.

import { element, part } from '../shared/screen.js';
import { isSame } from './tag_text.js';

/** @import { TagCount } from '../shared/protocol.js' */

const MAX_CHOICES = 8;

/**
 * @param {HTMLInputElement} input
 * @param {(text: string) => Promise<TagCount[]>} complete
 * @param {(path: string) => void} onChoose
 */
export function createChoices(input, complete, onChoose) {
  const list = part('choices');
  const shown = { paths: /** @type {string[]} */ ([]), at: -1, asked: 0 };

  const draw = (/** @type {TagCount[]} */ tags) => {
    Object.assign(shown, { paths: tags.map(({ path }) => path), at: -1 });
    list.replaceChildren(...tags.map((tag, index) => choice(tag, index, () => onChoose(tag.path))));
    list.hidden = !tags.length;
    mark(input, list, -1);
  };

  /** @param {TagCount[]} tags */
  function show(tags) {
    shown.asked += 1; // what was asked before comes too late
    draw(tags);
  }

  return {
    isOpen: () => !list.hidden,
    chosen: () => shown.paths[shown.at] ?? '',
    first: () => shown.paths[0] ?? '',
    close: () => show([]),
    show,
    /** @param {number} step */
    move(step) {
      const count = shown.paths.length;
      if (count) shown.at = shown.at < 0 && step < 0 ? count - 1 : (shown.at + step + count) % count;
      mark(input, list, shown.at);
    },
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

/** @param {HTMLInputElement} input @param {HTMLElement} list @param {number} at */
function mark(input, list, at) {
  [...list.children].forEach((row, index) => row.setAttribute('aria-selected', String(index === at)));
  input.setAttribute('aria-expanded', String(!list.hidden));
  if (at >= 0) input.setAttribute('aria-activedescendant', `choice-${at}`);
  else input.removeAttribute('aria-activedescendant');
  list.children[at]?.scrollIntoView({ block: 'nearest' });
}

/** @param {TagCount} tag @param {number} index @param {() => void} onChoose */
function choice({ path, links }, index, onChoose) {
  const row = element('li', 'choice');
  row.id = `choice-${index}`;
  row.setAttribute('role', 'option');
  row.append(element('span', 'choice-name', path), element('span', 'choice-count', links ? String(links) : ''));
  row.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    onChoose();
  });
  return row;
}
