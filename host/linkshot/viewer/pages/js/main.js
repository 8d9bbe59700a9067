/** The viewer's page: puts its parts together. */

import { prepareAdd } from './add.js';
import { Alike } from './alike.js';
import { get } from './api.js';
import { Bulk } from './bulk.js';
import { followChanges } from './changes.js';
import { Detail } from './detail.js';
import { AskDialog } from './dialog.js';
import { el, fillIcons, find, isTyping, takePresses } from './dom.js';
import { showEmpty } from './empty.js';
import { showHeading } from './heading.js';
import { currentLanguage, otherLanguage, t, useLanguage } from './i18n.js';
import { TagJournal } from './journal.js';
import { bindKeys, showKeys } from './keys.js';
import { LinkEdits } from './linkedits.js';
import { LinkList } from './list.js';
import { titleOf } from './row.js';
import { Rules } from './rules.js';
import { SearchBox } from './search.js';
import { Sidebar } from './sidebar.js';
import { sourceOf } from './source.js';
import { failureText, showFailure } from './toast.js';
import { followUndo, undoLast } from './undo.js';

const view = { choice: { list: 'all' }, query: '', order: 'newest' };
const panes = find('.panes');
const edits = new LinkEdits({ onChanged: libraryChanged, onMoved: letGo });
let list, sidebar, detail, search, bulk, openAdd;

async function begin() {
  const session = await get('api/session');
  await useLanguage(session.language);
  fillIcons();
  detail = new Detail(session.snapshot_root, { onClose: closed, onChanged: libraryChanged, onTag: (tag) => choose({ tag }), onTrash: (link) => edits.trash([link.link_id], titleOf(link)), onRestore: (link) => edits.restore([link.link_id]) });
  list = new LinkList({ onOpen: openItem, onStar: (link) => edits.toggleStar(link), onRestore: (link) => edits.restore([link.link_id]), onFailure: showFailure, onLoaded: loaded, onChosen: () => bulk.draw() });
  const dialog = new AskDialog();
  bulk = new Bulk({ list, dialog, actions: { onChanged: libraryChanged, onTrash: (ids) => edits.trash(ids), onRestore: (ids) => edits.restore(ids) } });
  sidebar = makeSidebar(dialog);
  search = new SearchBox({ onQuery: query, onLeave: () => list.activate(0) });
  openAdd = prepareAdd((linkId) => open(linkId));
  bindControls();
  bindAll();
  takePresses();
  view.query = search.typed();
  const [hasColors] = await Promise.all([sidebar.refresh(), show()]);
  if (hasColors) list.redraw();
  followUndo(libraryChanged);
  followChanges({ onChanged: libraryChanged, onLost: () => setOffline(true), onBack: () => { setOffline(false); libraryChanged(); } });
  openAsked();
}

function makeSidebar(dialog) {
  const rules = new Rules({ dialog, onChanged: libraryChanged });
  const alike = new Alike({ dialog, onChanged: (moves) => sidebar.edited(moves) });
  const journal = new TagJournal({ onChanged: libraryChanged });
  return new Sidebar({
    dialog,
    onChoose: choose,
    onEdited: tagsEdited,
    onGive: (tag, ids) => bulk.give(tag, ids),
    chosenLinks: () => list.selection.items,
    sheets: { rules: () => rules.open(), newRule: (known) => rules.askNew(known), alike: () => alike.open(), journal: () => journal.open() },
  });
}

/** Opens what the address asks for: `#link=12` or `#search=words`. */
function openAsked() {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (/^\d+$/.test(asked.get('link') ?? '')) open(Number(asked.get('link')));
  else if (asked.get('search')) search.look(asked.get('search'));
}

async function show() {
  search.setBusy(true);
  try {
    await list.show(sourceOf(view));
  } catch (failure) {
    showFailure(failure);
  } finally {
    search.setBusy(false);
  }
}

function loaded(source) {
  showHeading(view, source);
  bulk.isTrash = view.choice.list === 'trashed';
  if (source.total > 0) showEmpty(null);
  else showEmpty(...emptiness());
}

function emptiness() {
  if (view.query) {
    const everywhere = view.choice.list !== 'all' ? [{ label: t('search.everywhere'), act: () => { view.choice = { list: 'all' }; sidebar.setChoice(view.choice); show(); } }] : [];
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
  if (text && view.choice.list === 'trashed') { // what is there is in no index
    view.choice = { list: 'all' };
    sidebar.setChoice(view.choice);
  }
  return show();
}

function openItem(item) {
  open(item.link_id, item.snapshot_id ?? null);
}

async function open(linkId, snapshotId = null) {
  try {
    if (!await detail.open(linkId, snapshotId)) return;
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

/** Tags were renamed or merged: the list that shows one of them goes along. */
async function tagsEdited(chosen) {
  if (chosen !== null && chosen.from !== chosen.to) choose({ tag: chosen.to });
  await libraryChanged();
}

async function libraryChanged() {
  try {
    const [isOther] = await Promise.all([sidebar.refresh(), list.refresh(), detail.refresh()]);
    if (isOther) list.redraw();
    if (sidebar.hasLostItsTag()) choose({ list: 'all' });
  } catch (failure) {
    if (failure.name !== 'AbortError') showFailure(failure);
  }
}

/** Links were moved: nothing is chosen, and those that are gone are open no more. */
function letGo(gone) {
  if (gone.includes(detail.openLink()?.link_id)) detail.close();
  list.selection.clear();
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
  bulk.draw();
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
    t: () => (bulk.size > 0 ? bulk.isTrash || bulk.askTags() : detail.openLink() !== null && detail.tagField.focus()),
    x: () => list.toggleActive(),
    Enter: (event) => event.target === document.body && list.active() !== undefined && openItem(list.active()),
    s: () => { if (current()) edits.toggleStar(current()); },
    Delete: () => remove(current()),
    Escape: (event) => escape(event),
    'Ctrl+z': () => undoLast(),
    'Ctrl+a': () => list.chooseAll(),
  }, (event) => list.move(event));
}

/** Del: the chosen links, else the one that is open or active; in the trash it does nothing. */
function remove(link) {
  if (bulk.size > 0) {
    if (!bulk.isTrash) edits.trash(list.selection.ids());
  } else if (link && !link.trashed_at) edits.trash([link.link_id], titleOf(link));
}

/** Esc goes one step back: out of a field, out of the snapshot, out of the search. */
function escape(event) {
  if (panes.hasAttribute('data-drawer')) return panes.removeAttribute('data-drawer');
  if (isTyping(event.target)) return event.target.blur();
  if (bulk.size > 0) return list.selection.clear();
  if (detail.openLink()) return detail.close();
  if (view.query) return search.clear();
  return false;
}

begin().catch((failure) => {
  document.body.prepend(el('p', { class: 'offline', role: 'alert' }, failureText(failure)));
});
