// The popup: what is being kept, its tags, how it went.

import { browser } from '../shared/browser.js';
import { fillWords, part } from '../shared/screen.js';
import { askWorker } from '../shared/ask_worker.js';
import { errorMessage, message } from '../shared/words.js';
import { onState, tell } from './start.js';
import { lacksAccess } from './state.js';
import { createSuggested } from './suggested.js';
import { createTagField } from './tags.js';

/** @import { JobState } from '../background/jobs.js' */

/** @type {JobState | null} */
let current = null;
let sentTags = '';

const OUTBOX_MS = 1_000;

const searchInput = part('search-input');

fillWords();

const tagField = createTagField({
  complete: async (text) => (await askWorker('tag.complete', { text, limit: 8 })).tags,
  onChange: () => {
    tagField.trouble('');
    suggested.leaveOut(tagField.all());
    void sendTags();
  },
  onDone: () => void sendTags().then(() => window.close()),
  onSlash: () => searchInput.focus(),
  suggested: () => suggested.open(),
});
const suggested = createSuggested(
  async (question) => (await askWorker('tag.suggest', question)).tags,
  (path) => tagField.take(path),
);

onState((state) => {
  if (current?.capture_id !== state.capture_id) sentTags = '';
  current = state;
  const kept = state.saved ?? state.status;
  if (kept) tagField.setKept(kept.tags, state.saved?.renamed);
  suggested.leaveOut(tagField.all());
  suggested.hear(state);
  tagField.refuse(state.saved?.refused_tags ?? []);
  if (/^(saved|waiting)$/.test(state.step)) void showOutbox();
  void sendTags();
});

/** Tell the worker the tags as they are now; it brings them to the capture or to the link. */
async function sendTags() {
  if (!current?.capture_id) return;
  const { add, remove } = tagField.changes();
  const wanted = JSON.stringify([current.capture_id, add, remove]);
  if (wanted === sentTags || (!add.length && !remove.length && !sentTags)) return;
  sentTags = wanted;
  try {
    await askWorker('job.tags', { state: current, add, remove });
  } catch (error) {
    tagField.trouble(errorMessage(/** @type {{ code: string }} */ (error)));
  }
}

async function showOutbox() {
  const items = await askWorker('outbox.list');
  const count = items.filter((/** @type {{ state: string }} */ { state }) => /^(waiting|refused|interrupted)$/.test(state)).length;
  const link = part('outbox');
  link.hidden = !count;
  link.textContent = message('outbox_count', count);
}

part('action').addEventListener('click', async () => {
  if (current?.error?.code === 'site_access_needed' || lacksAccess(current?.saved)) {
    tell('asking');
    // the request has to come straight from the click; nothing may be awaited before it
    const isGranted = await browser.permissions.request({ origins: ['<all_urls>'] });
    if (isGranted) tell('allowed');
    return;
  }
  // what waits is whole: it is sent again, not read again
  if (current?.step === 'waiting') await askWorker('outbox.retry', { capture_id: current.capture_id });
  else tell('again');
});

part('library').addEventListener('click', async () => {
  try {
    await askWorker('viewer.open', { link_id: current?.saved?.link_id ?? current?.status?.link_id ?? null, query: '' });
    window.close();
  } catch (error) {
    part('cure').hidden = false;
    part('cure').textContent = errorMessage(/** @type {{ code: string }} */ (error));
  }
});

searchInput.addEventListener('focus', () => import('./search.js'), { once: true });
if (document.activeElement === searchInput) void import('./search.js');

document.addEventListener('keydown', (event) => {
  if (event.isComposing) return;
  if (event.key === 'Escape') window.close();
  // in a field the slash is typed; the tag field hears it there, from input methods too
  if (event.key === '/' && !event.ctrlKey && !event.altKey && !event.metaKey && !(event.target instanceof HTMLInputElement)) {
    event.preventDefault();
    searchInput.focus();
  }
});

// the count can wait: the capture has just begun
setTimeout(() => void showOutbox(), OUTBOX_MS);
