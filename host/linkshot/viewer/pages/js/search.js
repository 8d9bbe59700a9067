/** The search box: answers as one types, and never twice for one word. */

import { find } from './dom.js';

const PAUSE_MS = 90;

/** Prepares the box; `onQuery(text)` for each query answers when it is shown, `onLeave()` when the keyboard goes to the hits. */
export function prepareSearch({ onQuery, onLeave }) {
  const box = find('.search');
  const field = find('#search');
  let timer = 0;
  let asked = '';
  let answered = Promise.resolve();

  const ask = async () => {
    clearTimeout(timer);
    const text = field.value.trim();
    if (text !== asked) {
      asked = text;
      answered = onQuery(text);
    }
    await answered;
  };

  const empty = () => {
    clearTimeout(timer);
    field.value = '';
    asked = '';
  };

  const clear = () => {
    field.value = '';
    ask();
  };

  // While an input method composes, the letters typed are not the word meant.
  field.addEventListener('input', (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, PAUSE_MS);
  });
  field.addEventListener('compositionend', ask);
  field.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape' && field.value !== '') {
      event.stopPropagation();
      clear();
    }
    if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      ask().then(onLeave);
    }
  });

  return {
    empty,
    clear,
    focus: () => { field.focus(); field.select(); },
    setBusy: (isBusy) => { box.dataset.state = isBusy ? 'busy' : 'idle'; },
  };
}
