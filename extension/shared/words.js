// The words people see, in their browser's language, and numbers and dates beside them.

import { browser } from './browser.js';
import { PASSING } from './protocol.js';

/** The text for a key of _locales. @param {string} key @param {...(string | number)} facts */
export function message(key, ...facts) {
  return browser.i18n.getMessage(key, facts.map(String)) || key;
}

/** What happened and the cure: the host's own words, which have the facts, or ours for the code. @param {{ code: string, message?: string, detail?: Record<string, unknown> }} error */
export function errorMessage({ code, message: words, detail = {} }) {
  // an error without words of its own carries its code in their place; `kind` says more than the code does
  const key = `error_${detail.kind ?? code}`;
  return (words !== code && words) || browser.i18n.getMessage(key, Object.values(detail).map(String)) || message('error_unknown', code);
}

/** The same of a page that waits in the outbox: nothing is lost. @param {{ code: string, message?: string, detail?: Record<string, unknown> }} error */
export function waitingMessage(error) {
  return message(PASSING.has(error.code) ? 'waiting_sent_again' : 'waiting_kept', errorMessage(error));
}

/** A moment as a day: 2026-05-08, in the person's own time zone. @param {string} moment */
export function dayOf(moment) {
  const date = new Date(moment);
  const pad = (/** @type {number} */ number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** 1.4 MB, in the browser's language. @param {number} bytes */
export function sizeOf(bytes) {
  const unit = bytes < 1e6 ? 'kilobyte' : 'megabyte';
  const value = bytes < 1e6 ? bytes / 1e3 : bytes / 1e6;
  const options = { style: /** @type {const} */ ('unit'), unit, maximumFractionDigits: value < 10 ? 1 : 0 };
  return new Intl.NumberFormat(browser.i18n.getUILanguage(), options).format(value);
}
