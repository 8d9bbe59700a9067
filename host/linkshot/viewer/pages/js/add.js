/** The box to enter links: each is kept in the background and says how it goes. */

import { get, post } from './api.js';
import { el, find } from './dom.js';
import { hasWords, t } from './i18n.js';
import { receiptLine } from './receipt.js';
import { draftTags } from './tagfield.js';
import { failureText, showToast } from './toast.js';

const LOOK_MS = 400;

/** Prepares the dialog; `onKept(linkId)` opens what was kept. Answers a function that shows it. */
export function prepareAdd(onKept) {
  const dialog = find('.add-dialog');
  const field = find('.add-url', dialog);
  const problem = find('.add-problem', dialog);
  let tags = draftTags();

  const submit = async () => {
    await tags.takeTyped();
    const rest = await beginAll(field.value.split(/\s+/).filter(Boolean), tags.tags, onKept);
    problem.textContent = rest.at(-1)?.problem ?? '';
    problem.hidden = rest.length === 0;
    field.value = rest.map(({ url }) => url).join('\n');
    if (rest.length === 0) dialog.close();
    else field.focus();
  };

  find('.add-form', dialog).addEventListener('submit', (event) => { event.preventDefault(); submit(); });
  find('.add-cancel', dialog).addEventListener('click', () => dialog.close());
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });

  return (text = '') => {
    tags = draftTags();
    find('.add-tags', dialog).replaceChildren(el('span', {}, t('tags.title')), tags.element);
    problem.hidden = true;
    field.value = text;
    dialog.showModal();
    field.focus();
  };
}

/** Begins a capture of each address; answers those that were refused, each with its problem. */
async function beginAll(urls, tags, onKept) {
  const refusals = [];
  for (const url of urls) {
    try {
      watch(await post('api/captures', { url, tags }), tags, onKept);
    } catch (failure) {
      refusals.push({ url, problem: failureText(failure) });
    }
  }
  return refusals;
}

/** Follows one capture to its end in a message of its own. */
async function watch(begun, tags, onKept) {
  const toast = showToast(working(begun));
  let progress = begun;
  try {
    while (progress.state === 'queued' || progress.state === 'running') {
      await new Promise((resolve) => { setTimeout(resolve, LOOK_MS); });
      progress = await get(`api/captures/${begun.capture_id}`);
      if (progress.state !== 'done' && progress.state !== 'failed') toast.update(working(progress));
    }
  } catch (failure) {
    toast.update({ state: 'failed', title: failureText(failure), note: begun.url });
    return;
  }
  if (progress.state === 'done') toast.update(kept(progress, onKept));
  else toast.update(refused(progress, tags, onKept));
}

function working(progress) {
  const key = `step.${progress.step}`;
  return { state: 'working', title: t(hasWords(key) ? key : `capture.${progress.state}`), note: progress.url };
}

function kept(progress, onKept) {
  const title = t(progress.unchanged ? 'capture.unchanged' : 'capture.done', { title: progress.title || progress.url });
  const actions = [{ label: t('open'), act: () => onKept(progress.link_id) }];
  return { state: 'done', title, note: receiptLine(progress.receipt), actions };
}

function refused(progress, tags, onKept) {
  const again = async () => watch(await post('api/captures', { url: progress.url, tags }), tags, onKept);
  return { state: 'failed', title: progress.message, note: progress.url, actions: [{ label: t('retry'), act: again }] };
}
