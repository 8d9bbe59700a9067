// The tag field: chips, typing, completion by keyboard. Input methods for Chinese are left alone while they compose.

import { part } from '../shared/screen.js';
import { errorMessage } from '../shared/words.js';
import { createChips } from './chips.js';
import { createChoices } from './choices.js';
import { isPart, SEPARATORS, SLASH_ALONE, tagsIn } from './tag_text.js';

/** @import { TagCount } from '../shared/protocol.js' */
/** @typedef {{ tag: string, error: { code: string, message: string } }} Refused */
/** @typedef {{ complete: (text: string) => Promise<TagCount[]>, onChange: () => void, onDone: () => void, onSlash: () => void,
 *   suggested: () => TagCount[] }} TagFieldOptions */

/**
 * The field in the popup, wired up.
 * @param {TagFieldOptions} options
 */
export function createTagField({ complete, onChange, onDone, onSlash, suggested }) {
  const input = /** @type {HTMLInputElement} */ (part('tag-input'));
  const chips = createChips(onChange);
  const choices = createChoices(input, complete, (path) => put([path]));

  /** What was chosen goes in as it is; only what was typed has separators. @param {string[]} tags */
  function put(tags) {
    input.value = '';
    choices.close();
    tags.forEach(chips.add);
    if (tags.length) onChange();
  }

  function hear() {
    const isSlash = SLASH_ALONE.test(input.value);
    if (SEPARATORS.test(input.value) || isSlash) put(tagsIn(input.value));
    else choices.open(input.value, chips.all());
    if (isSlash) onSlash();
  }

  input.addEventListener('input', (event) => {
    if (!(/** @type {InputEvent} */ (event).isComposing)) hear();
  });
  input.addEventListener('compositionend', hear);
  input.addEventListener('keydown', (event) => onKey(event, { input, chips, choices, put, onDone, suggested }));
  part('tag-field').addEventListener('click', () => input.focus());
  input.focus();

  return {
    /** @param {string} path */
    take: (path) => takeSuggested(path, { input, put, hear }),
    all: chips.all,
    changes: chips.changes,
    setKept: chips.setKept,
    trouble: showTrouble,
    /** @param {Refused[]} refused */
    refuse: (refused) => dropRefused(chips, refused),
  };
}

/**
 * What is half typed stays, unless it was on the way to the suggestion.
 * @param {string} path
 * @param {{ input: HTMLInputElement, put: (tags: string[]) => void, hear: () => void }} field
 */
function takeSuggested(path, { input, put, hear }) {
  const typed = input.value;
  put([path]);
  if (!isPart(typed.trim(), path)) {
    input.value = typed;
    hear();
  }
  // its button is gone, and the keyboard with it
  if (!(document.activeElement instanceof HTMLInputElement)) input.focus();
}

/** @param {ReturnType<typeof createChips>} chips @param {Refused[]} refused */
function dropRefused(chips, refused) {
  // what was refused before stays told until the person changes the tags
  if (!refused.length) return;
  refused.forEach(({ tag }) => chips.drop(tag));
  showTrouble(refused.map(({ error }) => errorMessage(error)).join(' '));
}

/**
 * @param {KeyboardEvent} event
 * @param {{ input: HTMLInputElement, chips: ReturnType<typeof createChips>, choices: ReturnType<typeof createChoices>,
 *   put: (tags: string[]) => void, onDone: () => void, suggested: () => TagCount[] }} field
 */
function onKey(event, { input, chips, choices, put, onDone, suggested }) {
  // 229: some input methods send the key that ends a composition after it has ended
  if (event.isComposing || event.keyCode === 229) return;
  /** @type {Record<string, () => boolean | void>} */
  const keys = {
    Enter: () => {
      if (choices.chosen()) put([choices.chosen()]);
      else if (input.value.trim()) put(tagsIn(input.value));
      else onDone();
    },
    ArrowDown: () => {
      if (!choices.isOpen() && !input.value) choices.show(suggested());
      choices.move(1);
    },
    ArrowUp: () => choices.move(-1),
    Tab: () => (choices.isOpen() && !event.shiftKey ? put([choices.chosen() || choices.first()]) : false),
    Backspace: () => (input.value ? false : chips.removeLast()),
    Escape: () => (choices.isOpen() ? choices.close() : false),
  };
  const action = keys[event.key];
  if (!action || action() === false) return;
  event.preventDefault();
  event.stopPropagation();
}

/** @param {string} text */
function showTrouble(text) {
  part('tag-trouble').textContent = text;
  part('tag-trouble').hidden = !text;
}
