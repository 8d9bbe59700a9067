// A link's tags as they are, and what this popup changed.

import { isSame } from './tag_text.js';

export function createTagSet() {
  let kept = /** @type {string[]} */ ([]);
  let add = /** @type {string[]} */ ([]);
  let remove = /** @type {string[]} */ ([]);

  return {
    all: () => [...kept.filter((tag) => !remove.includes(tag)), ...add.filter((tag) => !kept.some((other) => isSame(tag, other)))],
    changes: () => ({ add: [...add], remove: [...remove] }),
    /** @param {string} tag */
    add(tag) {
      remove = remove.filter((other) => !isSame(other, tag));
      if (!add.some((other) => isSame(other, tag))) add = [...add, tag];
    },
    /** Take off one of `all`. @param {string} tag */
    take(tag) {
      add = add.filter((other) => !isSame(other, tag));
      const own = kept.find((other) => isSame(other, tag));
      if (own) remove = [...remove.filter((other) => other !== own), own];
    },
    /** Forget one that was never put on the link. @param {string} tag */
    drop(tag) {
      add = add.filter((other) => other !== tag);
    },
    /** What the host has; `renamed` were typed and are among `tags` by other names. @param {string[]} tags @param {string[]} [renamed] */
    setKept(tags, renamed = []) {
      kept = tags;
      add = add.filter((tag) => !renamed.includes(tag));
      remove = remove.filter((tag) => tags.includes(tag));
    },
  };
}
