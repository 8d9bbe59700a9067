// A capture's state, put into words: the step, the receipt in one line, what is missing, what to do.

import { element, part } from '../shared/screen.js';
import { dayOf, errorMessage, message, sizeOf, waitingMessage } from '../shared/words.js';

/** @import { JobState } from '../background/jobs.js' */
/** @import { Missing, Saved } from '../shared/protocol.js' */

const SHARE = { reading: 10, gathering: 30, sending: 70, saved: 100, waiting: 100, failed: 100 };
const WIDTH = { reading: 20, gathering: 40, sending: 30, saved: 0, waiting: 0, failed: 0 };
/** Warnings that another capture may put right. */
const DOUBTS = new Set(['login_wall', 'bot_check', 'empty_shell', 'placeholders_left', 'not_settled', 'soft_404']);
/** Failures that another click does not help with; the others may be tried again. */
const ACTIONS = { site_access_needed: 'allow_access', page_not_capturable: '' };

/** Show all of a state. @param {JobState} state */
export function showState(state) {
  part('popup').dataset.state = state.step;
  showPage(state);
  showBar(state);
  showLine(state);
  showKept(state);
  showMissing(state.saved?.receipt.missing ?? []);
  showWarnings(state.saved?.receipt.warnings ?? []);
  showCure(state);
}

/** @param {JobState} state */
function showPage({ url, title }) {
  if (!url) return;
  part('title').textContent = title || url;
  part('title').title = title;
  part('address').textContent = shortAddress(url);
  part('address').title = url;
}

/** The address as people read it: no scheme, no escapes but of what cannot be seen and may turn the rest around. @param {string} url */
export function shortAddress(url) {
  const bare = url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');
  try {
    return decodeURI(bare).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, encodeURIComponent);
  } catch {
    // escapes of another charset stay as they are
    return bare;
  }
}

/** @param {JobState} state */
function showBar({ step, done, total }) {
  const percent = Math.round(SHARE[step] + (total ? (done / total) * WIDTH[step] : 0));
  part('bar').setAttribute('aria-valuenow', String(percent));
  part('bar-fill').style.inlineSize = `${percent}%`;
}

/** @param {JobState} state */
function showLine({ step, saved, done, total, error }) {
  const line = part('line');
  if (saved) line.textContent = receiptLine(saved);
  else if (step === 'failed' && error) line.textContent = errorMessage(error);
  else if (total > 1 && step === 'gathering') line.textContent = message('step_gathering_count', done, total);
  else line.textContent = message(`step_${step}`);
}

/** "Kept · 42 resources · 1.4 MB", or that nothing changed. @param {Saved} saved */
function receiptLine({ unchanged, receipt }) {
  const pieces = [message(unchanged ? 'receipt_unchanged' : 'receipt_saved')];
  if (receipt.kept) pieces.push(receipt.kept === 1 ? message('receipt_kept_one') : message('receipt_kept', receipt.kept));
  if (receipt.bytes.page) pieces.push(sizeOf(receipt.bytes.page));
  return pieces.join(' · ');
}

/** @param {JobState} state */
function showKept({ status }) {
  const line = part('kept');
  line.hidden = !status?.snapshots;
  if (!status?.snapshots || !status.last_captured_at) return;
  const day = dayOf(status.last_captured_at);
  line.textContent = status.snapshots === 1 ? message('kept_once', day) : message('kept_before', status.snapshots, day);
}

/** @param {Missing[]} missing */
function showMissing(missing) {
  part('missing').hidden = !missing.length;
  if (!missing.length) return;
  part('missing-count').textContent = message('receipt_missing', missing.length);
  part('missing-list').replaceChildren(
    ...missing.slice(0, 50).map(({ url, reason }) => {
      const row = element('li', 'missing-row');
      row.append(element('span', 'missing-reason', reasonText(reason)), element('span', 'missing-address', shortAddress(url)));
      row.title = url;
      return row;
    }),
  );
}

/** @param {string} reason */
function reasonText(reason) {
  if (/^\d+$/.test(reason)) return reason;
  const text = message(`reason_${reason}`);
  return text.startsWith('reason_') ? reason.replaceAll('_', ' ') : text;
}

/** @param {string[]} warnings */
function showWarnings(warnings) {
  const known = warnings.map((code) => message(`warning_${code}`)).filter((text) => !text.startsWith('warning_'));
  part('warnings').hidden = !known.length;
  part('warnings').replaceChildren(...known.map((text) => element('li', 'warning', text)));
}

/** What to do, and the button that does it. @param {JobState} state */
function showCure({ step, error, saved }) {
  const cure = part('cure');
  const isTrouble = step === 'waiting' && error;
  cure.hidden = !isTrouble;
  if (isTrouble) cure.textContent = waitingMessage(error);
  const button = part('action');
  const label = step === 'failed' || step === 'waiting' ? actionLabel(error?.code ?? '') : missingLabel(saved);
  button.hidden = !label;
  if (label) button.textContent = message(label);
}

/** @param {string} code */
function actionLabel(code) {
  return code in ACTIONS ? ACTIONS[/** @type {keyof typeof ACTIONS} */ (code)] : 'try_again';
}

/** Was something left out because the extension may not read all sites? @param {Saved | null | undefined} saved */
export function lacksAccess(saved) {
  return Boolean(saved?.receipt.warnings.includes('site_access_partial'));
}

/** Something is missing, or likely to be wrong: a click captures the page again. @param {Saved | null} saved */
function missingLabel(saved) {
  if (lacksAccess(saved)) return 'allow_access';
  const isDoubtful = saved?.receipt.missing.length || saved?.receipt.warnings.some((code) => DOUBTS.has(code));
  return isDoubtful ? 'capture_again' : '';
}
