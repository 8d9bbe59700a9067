// The worker: every listener is registered before anything is awaited; each waits for the outbox to be open.

import { browser } from '../shared/browser.js';
import { forgetBadge, showJob, showKept, showWaiting } from './badge.js';
import { drainOutbox, onDelivered, onOutboxChange } from './delivery.js';
import { connectHost, onHostEvent, onHostReady } from './host.js';
import { forgetJob, onJobChange, saveJob, tellReasons } from './jobs.js';
import { createMenus, onMenuClicked } from './menus.js';
import { openOutbox } from './outbox.js';
import { captureAllowed, isPopupPort, namePopup, namePopups, onClickNoted, onPopup, tellDelivered, tellPopups } from './popups.js';
import { forgetDiscarded, recover } from './recovery.js';
import { route } from './router.js';
import { ensureShortcut } from '../shared/shortcut.js';
import { onWanted } from './wanted.js';

const ALARM = 'outbox';
const ALARM_MINUTES = 1;

// An outbox that does not open is told by the capture that needs it.
const ready = openOutbox().catch(() => {});

browser.runtime.onConnect.addListener((port) => {
  if (isPopupPort(port)) ready.then(() => onPopup(port));
});
browser.storage.onChanged.addListener(({ click }, area) => {
  const noted = /** @type {{ id: string, tab: string } | undefined} */ (click?.newValue);
  if (area === 'session' && noted) void ready.then(() => onClickNoted(noted)).catch(() => {});
});
browser.runtime.onMessage.addListener((message, sender, answer) => route(message, sender, ready, answer));
browser.runtime.onInstalled.addListener(() => void ready.then(createMenus).then(ensureShortcut));
browser.runtime.onStartup.addListener(() => void ready.then(createMenus).then(forgetDiscarded));
browser.runtime.onInstalled.addListener(() => void namePopups());
browser.runtime.onStartup.addListener(() => void namePopups());
browser.contextMenus.onClicked.addListener((info, tab) => void ready.then(() => onMenuClicked(info, tab)));
browser.alarms.onAlarm.addListener(() => void ready.then(connectHost).then(drainOutbox, () => {}));
browser.tabs.onActivated.addListener(({ tabId }) => namePopup(tabId));
browser.tabs.onActivated.addListener(({ tabId }) => void ready.then(() => showKept(tabId)));
browser.tabs.onUpdated.addListener((tabId, { status }) => {
  if (status === 'loading') forgetBadge(tabId);
  if (status === 'complete') namePopup(tabId);
  if (status === 'complete') ready.then(() => showKept(tabId));
});
browser.permissions.onAdded.addListener(() => void ready.then(captureAllowed));
browser.tabs.onRemoved.addListener(forgetJob);
browser.tabs.onRemoved.addListener(forgetBadge);

onJobChange(tellPopups);
onJobChange(showJob);
onDelivered((item, saved) => {
  if (saveJob(item, saved)) return;
  // an earlier worker's capture: its popup and the button still say that it waits
  tellDelivered(item, saved);
  void showKept(item.tab_id);
});
onOutboxChange(() => void showWaiting());
onOutboxChange(() => void tellReasons());
onHostReady(() => void drainOutbox());
onHostEvent((event) => void onWanted(event));

// Without the host the outbox keeps what comes, and the alarm tries again.
ready.then(connectHost).catch(() => {});
ready.then(recover).then(showWaiting).catch(() => {});
browser.alarms.create(ALARM, { periodInMinutes: ALARM_MINUTES });
