/** The viewer's page: puts its parts together. */

import { prepareAdd } from './add.js';
import { get, post } from './api.js';
import { followChanges } from './changes.js';
import { Detail } from './detail.js';
import { el, fillIcons, find, isTyping } from './dom.js';
import { showEmpty } from './empty.js';
import { currentLanguage, otherLanguage, t, useLanguage } from './i18n.js';
import { bindKeys, showKeys } from './keys.js';
import { LinkList } from './list.js';
import { titleOf } from './row.js';
import { SearchBox } from './search.js';
import { Sidebar } from './sidebar.js';
import { hitSource, linkSource } from './source.js';
import { failureText, showFailure, showToast } from './toast.js';

const view = { choice: { list: 'all' }, query: '', order: 'newest' };
const panes = find('.panes');
let list, sidebar, detail, search, openAdd;

async function begin() {
  const session = await get('api/session');
  await useLanguage(session.language);
  fillIcons();
  detail = new Detail(session.snapshot_root, { onClose: closed, onChanged: linkChanged, onTag: (tag) => choose({ tag }), onTrash: trash });
  sidebar = new Sidebar({ onChoose: choose, onEdited: tagsEdited });
  list = new LinkList({ onOpen: openItem, onStar: toggleStar, onRestore: (link) => restore([link.link_id]), onFailure: showFailure, onLoaded: loaded });
  search = new SearchBox({ onQuery: query, onLeave: () => list.activate(0) });
  openAdd = prepareAdd((linkId) => open(linkId));
  bindControls();
  bindAll();
  await Promise.all([sidebar.refresh(), show()]);
  followChanges({ onChanged: libraryChanged, onLost: () => setOffline(true), onBack: () => { setOffline(false); libraryChanged(); } });
  openAsked();
}

/** Opens what the address asks for: `#link=12`. */
function openAsked() {
  const asked = /^#link=(\d+)$/.exec(location.hash);
  if (asked) open(Number(asked[1]));
}

function filters() {
  const { list: name, tag } = view.choice;
  return { tag: tag ?? '', starred: name === 'starred', untagged: name === 'untagged', trashed: name === 'trashed' };
}

async function show() {
  const source = view.query ? hitSource(view.query, view.choice.tag ?? '') : linkSource(filters(), view.order);
  search.setBusy(true);
  try {
    await list.show(source);
  } catch (failure) {
    showFailure(failure);
  } finally {
    search.setBusy(false);
  }
}

function loaded(source) {
  const name = view.choice.tag ?? t(`list.${view.choice.list}`);
  find('.listing-title').textContent = view.query && !view.choice.tag ? t('search.title') : name;
  find('.listing-count').textContent = source.readAs || t(view.query ? 'search.count' : 'list.count', { n: source.total });
  find('.order').hidden = Boolean(view.query) || source.total < 2;
  if (source.total > 0) showEmpty(null);
  else showEmpty(...emptiness());
}

function emptiness() {
  if (view.query) {
    const everywhere = view.choice.tag ? [{ label: t('search.everywhere'), act: () => { view.choice = { list: 'all' }; sidebar.setChoice(view.choice); show(); } }] : [];
    return ['search', { query: view.query }, [...everywhere, { label: t('search.clear'), act: () => search.clear() }]];
  }
  const isEmptyLibrary = view.choice.list === 'all';
  if (isEmptyLibrary) return ['library', {}, [{ label: t('add.button'), act: () => openAdd(), primary: true }]];
  return [view.choice.tag ? 'tag' : view.choice.list, {}, []];
}

function choose(choice) {
  view.choice = choice;
  if (choice.list) {
    view.query = '';
    search.empty();
  }
  sidebar.setChoice(choice);
  delete panes.dataset.drawer;
  show();
}

function query(text) {
  view.query = text;
  return show();
}

function openItem(item) {
  open(item.link_id, item.snapshot_id ?? null);
}

async function open(linkId, snapshotId = null) {
  try {
    await detail.open(linkId, snapshotId);
    history.replaceState(null, '', `#link=${linkId}`);
    list.setOpen(linkId);
  } catch (failure) {
    showFailure(failure);
  }
}

function closed() {
  history.replaceState(null, '', location.pathname);
  list.setOpen(null);
  list.activate(list.activeIndex);
}

function linkChanged() {
  libraryChanged();
}

/** Tags were renamed or merged: the list that shows one of them goes along. */
async function tagsEdited(chosen) {
  if (chosen !== null && chosen.from !== chosen.to) choose({ tag: chosen.to });
  await libraryChanged();
}

async function libraryChanged() {
  try {
    await Promise.all([sidebar.refresh(), list.refresh(), detail.refresh()]);
  } catch (failure) {
    if (failure.name !== 'AbortError') showFailure(failure);
  }
}

async function toggleStar(item) {
  try {
    await post(`api/links/${item.link_id}/star`, { starred: !item.starred });
    await libraryChanged();
  } catch (failure) {
    showFailure(failure);
  }
}

async function trash(link) {
  try {
    await post('api/trash', { link_ids: [link.link_id] });
    if (detail.openLink()?.link_id === link.link_id) detail.close();
    await libraryChanged();
    showToast({ title: t('trash.done', { title: titleOf(link) }), actions: [{ label: t('undo'), act: () => restore([link.link_id]) }] });
  } catch (failure) {
    showFailure(failure);
  }
}

async function restore(linkIds) {
  try {
    await post('api/trash/restore', { link_ids: linkIds });
    await libraryChanged();
    showToast({ title: t('trash.restored') });
  } catch (failure) {
    showFailure(failure);
  }
}

function setOffline(isOffline) {
  document.querySelector('.offline')?.remove();
  if (isOffline) document.body.prepend(el('p', { class: 'offline', role: 'alert' }, t('error.window_offline')));
}

function bindControls() {
  find('.add-button').addEventListener('click', () => openAdd());
  find('.help-button').addEventListener('click', showKeys);
  find('.order-select').addEventListener('change', (event) => { view.order = event.target.value; show(); });
  find('.language-button').addEventListener('click', switchLanguage);
  find('.sidebar-toggle').addEventListener('click', (event) => {
    panes.toggleAttribute('data-drawer');
    event.currentTarget.setAttribute('aria-expanded', String(panes.hasAttribute('data-drawer')));
  });
}

async function switchLanguage() {
  await useLanguage(otherLanguage());
  document.documentElement.dataset.language = currentLanguage();
  sidebar.draw();
  list.redraw();
  if (list.source) loaded(list.source);
  const open = detail.openLink();
  if (open) detail.draw();
}

function bindAll() {
  const current = () => detail.openLink() ?? list.active();
  bindKeys({
    '/': () => search.focus(),
    '?': () => showKeys(),
    n: () => openAdd(),
    t: () => detail.openLink() !== null && detail.tagField.focus(),
    Enter: (event) => event.target === document.body && list.active() !== undefined && openItem(list.active()),
    s: () => { if (current()) toggleStar(current()); },
    Delete: () => { if (current()) trash(current()); },
    Escape: (event) => escape(event),
  }, (event) => list.move(event));
}

/** Esc goes one step back: out of a field, out of the snapshot, out of the search. */
function escape(event) {
  if (panes.hasAttribute('data-drawer')) return panes.removeAttribute('data-drawer');
  if (isTyping(event.target)) return event.target.blur();
  if (detail.openLink()) return detail.close();
  if (view.query) return search.clear();
  return false;
}

begin().catch((failure) => {
  document.body.prepend(el('p', { class: 'offline', role: 'alert' }, failureText(failure)));
});
