/** Messages at the foot of the window, with what one can do about them. */

import { el, find, icon } from './dom.js';
import { t } from './i18n.js';

const STAY_MS = 6000;
const STAY_WITH_ACTION_MS = 12_000;

/**
 * Shows a message; `actions` are `{label, act}`, which put it away unless it `stays`, `state` one of working, done, failed.
 * Answers `{update, close, isOpen}`; a working one stays until it is updated.
 */
export function showToast(content) {
  const toast = el('div', { class: 'toast' });
  let timer = 0;

  const close = () => {
    clearTimeout(timer);
    toast.remove();
  };

  const update = (now) => {
    clearTimeout(timer);
    toast.dataset.state = now.state ?? 'done';
    toast.replaceChildren(...parts(now, close));
    if (now.state === 'working' || now.state === 'failed') return;
    timer = setTimeout(close, now.actions?.length ? STAY_WITH_ACTION_MS : STAY_MS);
  };

  toast.addEventListener('pointerenter', () => clearTimeout(timer));
  update(content);
  const toasts = find('.toasts');
  toasts.append(toast);
  place();
  toasts.scrollTop = toasts.scrollHeight;
  return { update, close, isOpen: () => toast.isConnected };
}

/** Failures in sight, by what they say. @type {Map<string, {close: () => void}>} */
const failures = new Map();

/** Shows a failure with its message, which says the cure; the same once, however often it happens. */
export function showFailure(failure) {
  const title = failureText(failure);
  failures.get(title)?.close();
  failures.set(title, showToast({ state: 'failed', title }));
}

/** What to say about a failure. */
export function failureText(failure) {
  return failure.message || t(`error.${failure.code ?? 'unknown'}`);
}

/** Messages stand inside the dialog that is open: elsewhere they would lie under it, out of reach. */
function place() {
  const home = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  const toasts = find('.toasts');
  if (toasts.parentElement !== home) home.append(toasts);
}

document.addEventListener('close', place, true); // of a dialog; it does not bubble

function parts({ state, title, note, actions = [] }, close) {
  const sign = state === 'working' ? el('span', { class: 'spinner' }) : icon(state === 'failed' ? 'warn' : 'done');
  const body = el('div', { class: 'toast-body' }, el('p', { class: 'toast-title' }, title), note ? el('p', { class: 'toast-note' }, note) : null);
  const buttons = actions.map(({ label, act, stays = false }) =>
    el('button', { type: 'button', class: 'button', onclick: () => { if (!stays) close(); act(); } }, label));
  const shut = el('button', { type: 'button', class: 'icon-button', 'aria-label': t('close'), title: t('close'), onclick: close }, icon('close'));
  return [sign, body, ...buttons, shut];
}
