// Tags that the page may want, below the field: taken by a click, by Alt and a digit, or by the arrows from the empty field.

import { element, part } from '../shared/screen.js';
import { message } from '../shared/words.js';
import { isSame } from './tag_text.js';

/** @import { JobState } from '../background/jobs.js' */
/** @import { TagCount } from '../shared/protocol.js' */
/** @typedef {{ link_id: number | null, page_url: string, title: string, tags: string[], limit: number }} Question */

const SHOWN = 5;
/** More than are shown, so that one taken makes room for another. */
const ASKED = 10;
/** A capture that is done sooner is not held up by the question. */
const PATIENCE_MS = 800;

/**
 * @param {(question: Question) => Promise<TagCount[]>} suggest
 * @param {(path: string) => void} onTake
 */
export function createSuggested(suggest, onTake) {
  const known = { tags: /** @type {TagCount[]} */ ([]), taken: /** @type {string[]} */ ([]), asked: '' };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const open = () => openTags(known);

  function draw() {
    const tags = open();
    part('suggested').hidden = !tags.length;
    part('suggested-list').replaceChildren(...tags.map(({ path }, index) => suggestion(path, index + 1, () => onTake(path))));
  }

  /** @param {JobState} state */
  async function ask({ capture_id, url, title, saved, status }) {
    const linkId = saved?.link_id ?? status?.link_id ?? null;
    const key = `${capture_id} ${linkId}`;
    if (key === known.asked) return;
    known.asked = key;
    const question = { link_id: linkId, page_url: url, title, tags: known.taken, limit: ASKED };
    known.tags = await suggest(question).catch(() => []); // an older host has none: the field does without
    draw();
  }

  onDigit((digit) => open()[digit - 1]?.path, onTake);

  return {
    open,
    /** Ask once the page is saved, or when that takes long. @param {JobState} state */
    hear(state) {
      clearTimeout(timer);
      if (state.saved) void ask(state);
      else if (state.url && state.status) timer = setTimeout(() => void ask(state), PATIENCE_MS);
    },
    /** @param {string[]} taken */
    leaveOut(taken) {
      known.taken = taken;
      draw();
    },
  };
}

/** @param {{ tags: TagCount[], taken: string[] }} known */
function openTags({ tags, taken }) {
  return tags.filter(({ path }) => !taken.some((tag) => isSame(tag, path))).slice(0, SHOWN);
}

/** Alt and a digit choose, whatever the keyboard writes with Alt. @param {(digit: number) => string | undefined} pathAt @param {(path: string) => void} onTake */
function onDigit(pathAt, onTake) {
  document.addEventListener('keydown', (event) => {
    const digit = event.altKey && /^Digit([1-9])$/.exec(event.code)?.[1];
    const path = digit ? pathAt(Number(digit)) : undefined;
    if (!path) return;
    event.preventDefault();
    onTake(path);
  });
}

/** @param {string} path @param {number} digit @param {() => void} onClick */
function suggestion(path, digit, onClick) {
  const row = element('li', 'suggestion-place');
  const button = element('button', 'suggestion', path);
  button.setAttribute('type', 'button');
  button.setAttribute('title', message('suggested_take', path, digit));
  button.dataset.digit = String(digit);
  button.addEventListener('click', onClick);
  row.append(button);
  return row;
}
