// What the extension's own pages share: words put into the document, messages to the worker.

import { browser } from './browser.js';
import { message } from './words.js';

/** Put the words in place of every `data-words` key (text) and `data-words-<attribute>` key. */
export function fillWords() {
  document.documentElement.lang = browser.i18n.getUILanguage();
  for (const element of document.querySelectorAll('[data-words]')) {
    element.textContent = message(/** @type {HTMLElement} */ (element).dataset.words ?? '');
  }
  for (const name of ['aria-label', 'placeholder', 'title']) {
    for (const element of document.querySelectorAll(`[data-words-${name}]`)) {
      element.setAttribute(name, message(element.getAttribute(`data-words-${name}`) ?? ''));
    }
  }
}

/** The element with this `data-part`. @template {HTMLElement} [T=HTMLElement] @param {string} name @returns {T} */
export function part(name) {
  return /** @type {T} */ (document.querySelector(`[data-part="${name}"]`));
}

/** A new element with a class and text. @param {string} tag @param {string} className @param {string} [text] */
export function element(tag, className, text = '') {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
