/** Captures that failed: a few each in a message of its own, more of them in one, with a list. */

import { openSheet } from './dialog.js';
import { el, find } from './dom.js';
import { t } from './i18n.js';
import { showToast } from './toast.js';

const APART = 3;

/** Answers `tell(progress, toast)`, to be called for each that failed; `again(captures, keepErrors)` begins some anew. */
export function prepareFailures(again) {
  /** @type {{progress: any, toast: any}[]} */
  let failed = [];
  /** @type {ReturnType<typeof showToast> | null} */
  let all = null;

  const retry = () => {
    all?.close();
    again(failed.splice(0).map(({ progress }) => progress), false);
  };

  const tellAll = () => {
    const content = { state: 'failed', title: t('capture.failed_many', { n: failed.length }), actions: [{ label: t('capture.failed_list'), act: () => showList(failed, retry), stays: true }, { label: t('capture.again_all'), act: retry }] };
    if (all === null) all = showToast(content);
    else all.update(content);
  };

  return (progress, toast) => {
    if (all !== null && !all.isOpen()) { // put away, and with it what it told
      all = null;
      failed = [];
    }
    failed.push({ progress, toast });
    if (all === null) {
      toast.update({ state: 'failed', title: reasonOf(progress), note: progress.url, actions: actionsOf(progress, again) });
      failed = failed.filter((one) => one.toast.isOpen());
      if (failed.length <= APART) return;
    }
    for (const one of failed) one.toast.close();
    tellAll();
  };
}

/** What the site answered, where that is it: the common words name an option of the command line. */
function reasonOf({ code, status, message }) {
  return code === 'http_status' ? t('capture.http_status', { status }) : message;
}

function actionsOf(progress, again) {
  const retry = { label: t('retry'), act: () => again([progress], false) };
  return progress.code === 'http_status' ? [{ label: t('capture.keep_errors'), act: () => again([progress], true) }, retry] : [retry];
}

function showList(failed, retry) {
  const begin = () => {
    find('.sheet-dialog').close();
    retry();
  };
  const list = openSheet(t('capture.failed_title'), t('capture.failed_about'), [el('button', { type: 'button', class: 'button primary', onclick: begin }, t('capture.again_all'))]);
  list.replaceChildren(...failed.map(({ progress }) => el('div', { class: 'sheet-row' }, el('div', { class: 'sheet-text' },
    el('p', { class: 'sheet-main' }, progress.url), el('p', { class: 'sheet-note' }, reasonOf(progress))))));
}
