/** An open snapshot: what is known about it, its marks, and the copy itself. */

import { get, post } from './api.js';
import { el, find, icon } from './dom.js';
import { saveCopy } from './export.js';
import { fileCard } from './file.js';
import { snapshotFrame } from './frame.js';
import { minute, t } from './i18n.js';
import { hasNote, noteBox, renewNote } from './note.js';
import { articleView } from './reader.js';
import { receiptDetails, receiptLine } from './receipt.js';
import { titleOf } from './row.js';
import { Suggested } from './suggested.js';
import { TagField } from './tagfield.js';
import { showFailure, showToast } from './toast.js';
import { offerTagUndo, rememberTagUndo } from './undo.js';

/** The right pane; `actions` are onClose, onChanged, onTag, onTrash and onRestore. */
export class Detail {
  constructor(snapshotRoot, actions) {
    this.snapshotRoot = snapshotRoot;
    this.actions = actions;
    this.pane = find('.detail');
    this.panes = find('.panes');
    this.link = null;
    this.snapshot = null;
    this.snapshots = [];
    /** @type {HTMLElement} */
    this.versions = el('span');
    this.tagField = new TagField({ tags: [] });
    this.suggested = new Suggested((tag) => this.tagField.add(tag));
  }

  /**
   * Opens a link at a snapshot, its newest unless told; false where something else was asked for by then.
   * @param {number} linkId @param {number | null} snapshotId
   */
  async open(linkId, snapshotId = null) {
    const wanted = {};
    this.wanted = wanted;
    const whole = await get(`api/links/${linkId}`);
    if (this.wanted !== wanted) return false;
    this.link = whole.link;
    this.snapshots = whole.snapshots;
    this.snapshot = whole.snapshots.find((one) => one.snapshot_id === snapshotId) ?? whole.snapshots[0];
    this.pane.hidden = false;
    this.panes.dataset.open = '';
    this.draw();
    return true;
  }

  /** Another version of the link: the keyboard stays, and what was looked at of the one before. */
  async openVersion(snapshotId) {
    const [isReading, hasReceipt] = ['.read', '.receipt'].map((part) => this.pane.querySelector(part) !== null);
    if (!await this.open(this.link.link_id, snapshotId)) return;
    this.versions.focus();
    if (hasReceipt) this.toggle('receipt', true);
    if (isReading) await this.toggleRead();
  }

  /** Closes the pane. */
  close() {
    this.wanted = null;
    this.link = null;
    this.pane.hidden = true;
    this.pane.replaceChildren();
    delete this.panes.dataset.open;
    document.title = t('window.title');
    this.actions.onClose();
  }

  /** The link that is open, else null. */
  openLink() {
    return this.link;
  }

  /** Takes over what another window or the browser changed, without touching the copy. */
  async refresh() {
    if (this.link === null) return;
    const whole = await get(`api/links/${this.link.link_id}`);
    if (this.link?.link_id !== whole.link.link_id) return;
    const isMoved = this.link.trashed_at !== whole.link.trashed_at;
    const isLonger = this.snapshots.length !== whole.snapshots.length;
    this.link = whole.link;
    this.snapshots = whole.snapshots;
    renewNote(this.pane, whole.link);
    if (isMoved) this.mover.replaceWith(this.mover = this.makeMover());
    if (String(this.tagField.tags) !== String(whole.link.tags)) this.suggested.load(whole.link.link_id);
    this.tagField.setTags(whole.link.tags);
    this.drawStar();
    if (isLonger) this.redrawVersions();
  }

  draw() {
    const title = titleOf({ title: this.snapshot.title || this.link.title, url: this.link.url });
    document.title = `${title} – ${t('brand')}`;
    this.head = el('header', { class: 'detail-head' }, this.titleLine(title), this.factLine(), this.tagLine(), this.suggested.element);
    this.suggested.load(this.link.link_id);
    this.copy = snapshotFrame(this.snapshotRoot, this.snapshot.snapshot_id, t('detail.copy_of', { title }), () => showToast({ title: t('frame.strayed'), actions: [{ label: t('live.open'), act: () => this.openLive() }] }));
    this.pane.replaceChildren(this.head, this.copy);
    if (hasNote(this.link)) this.toggle('note', true);
    this.showFile();
  }

  /** A PDF, an archive or an office document gets a card in place of the frame, which cannot show it. */
  async showFile() {
    const { snapshot, copy } = this;
    const card = await fileCard(snapshot).catch(() => null); // the frame stays: it says what it can
    if (card === null || this.copy !== copy) return;
    card.hidden = copy.hidden;
    copy.replaceWith(card);
    this.copy = card;
  }

  titleLine(title) {
    this.star = el('button', { type: 'button', class: 'icon-button star detail-star', onclick: () => this.toggleStar() }, icon('star'));
    this.drawStar();
    return el('div', { class: 'detail-line' },
      button('detail-close', 'back', t('detail.close'), () => this.close()),
      el('h1', { class: 'detail-title', title }, title),
      this.star,
      this.noteButton = button('note-button', 'note', t('note.title'), () => this.toggle('note'), { 'aria-expanded': 'false' }),
      this.readButton = button('read-button', 'read', t('read.title'), () => this.toggleRead().then(() => this.pane.querySelector('.read')?.focus()), { 'aria-pressed': 'false' }),
      button('export-button', 'save', t('export.file'), () => saveCopy(this.snapshot.snapshot_id)),
      this.mover = this.makeMover());
  }

  factLine() {
    const { receipt, page_url: address } = this.snapshot;
    const state = receipt.missing.length + receipt.warnings.length > 0 ? 'missing' : 'whole';
    this.receiptButton = el('button', { type: 'button', class: 'button quiet receipt-button', 'aria-expanded': 'false', 'data-state': state, title: t('receipt.title'), onclick: () => this.toggle('receipt') }, receiptLine(receipt));
    return el('div', { class: 'detail-line detail-facts' },
      this.makeVersions(),
      this.receiptButton,
      el('span', { class: 'detail-address', title: address }, address),
      button('live-button', 'live', t('live.open'), () => this.openLive()));
  }

  tagLine() {
    this.tagField = new TagField({
      tags: this.link.tags,
      onAdd: (tag) => this.changeTags({ add: [tag] }, (undoIds) => rememberTagUndo(t('tags.added', { tag }), undoIds)),
      onRemove: (tag) => this.changeTags({ remove: [tag] }, (undoIds) => offerTagUndo(t('tags.removed', { tag }), undoIds)),
      onPick: (tag) => this.actions.onTag(tag),
    });
    return this.tagField.element;
  }

  makeVersions() {
    if (this.snapshots.length < 2) {
      this.versions = el('span', { class: 'detail-captured' }, t('detail.captured', { moment: minute(this.snapshot.captured_at) }));
      return this.versions;
    }
    const options = this.snapshots.map((one, index) => el('option', { value: String(one.snapshot_id), selected: one.snapshot_id === this.snapshot.snapshot_id },
      t('detail.version', { n: this.snapshots.length - index, moment: minute(one.captured_at), same: one.unchanged ? t('detail.unchanged') : '' })));
    this.versions = el('select', { class: 'version-select', 'aria-label': t('detail.versions'), onchange: (event) => this.openVersion(Number(event.target.value)).catch(showFailure) }, ...options);
    return this.versions;
  }

  redrawVersions() {
    const before = this.versions;
    const hadFocus = before === document.activeElement;
    before.replaceWith(this.makeVersions());
    if (hadFocus) this.versions.focus();
  }

  /** Into the trash, or out of it where the link is there. */
  makeMover() {
    if (this.link.trashed_at) return button('restore-button', 'restore', t('trash.restore'), () => this.actions.onRestore(this.link));
    return button('trash-button', 'trash', t('trash.put'), () => this.actions.onTrash(this.link));
  }

  drawStar() {
    const label = t(this.link.starred ? 'star.remove' : 'star.add');
    this.star.setAttribute('aria-pressed', String(this.link.starred));
    this.star.setAttribute('aria-label', label);
    this.star.title = label;
  }

  /** Opens or shuts the receipt or the note above the copy. */
  toggle(part, open = this.pane.querySelector(`.${part}`) === null) {
    const opener = part === 'note' ? this.noteButton : this.receiptButton;
    opener.setAttribute('aria-expanded', String(open));
    this.pane.querySelector(`.${part}`)?.remove();
    if (!open) return;
    const made = part === 'note' ? noteBox(this.link, (link) => this.changed(link)) : receiptDetails(this.snapshot);
    this.head.after(made);
  }

  async toggleRead() {
    const isReading = this.pane.querySelector('.read') !== null;
    this.readButton.setAttribute('aria-pressed', String(!isReading));
    this.copy.hidden = !isReading;
    if (isReading) this.pane.querySelector('.read').remove();
    else this.pane.append(await articleView(this.snapshot).catch((failure) => { showFailure(failure); return ''; }));
  }

  async toggleStar() {
    try {
      this.changed(await post(`api/links/${this.link.link_id}/star`, { starred: !this.link.starred }));
    } catch (failure) {
      showFailure(failure);
    }
  }

  changed(link) {
    if (this.link?.link_id === link.link_id) {
      this.link = link;
      this.drawStar();
    }
    this.actions.onChanged(link);
  }

  async changeTags(change, tell) {
    const link = this.link;
    try {
      const { tags, undo_ids: undoIds } = await post(`api/links/${link.link_id}/tags`, change);
      this.changed({ ...link, tags });
      this.suggested.load(link.link_id);
      tell(undoIds);
      return tags;
    } catch (failure) {
      showFailure(failure);
      return null;
    }
  }

  async openLive() {
    try {
      const { opened } = await post(`api/snapshots/${this.snapshot.snapshot_id}/live`);
      showToast(opened ? { title: t('live.opened') } : { state: 'failed', title: t('live.failed') });
    } catch (failure) {
      showFailure(failure);
    }
  }
}

function button(name, sign, label, act, more = {}) {
  return el('button', { type: 'button', class: `icon-button ${name}`, 'aria-label': label, title: label, onclick: act, ...more }, icon(sign));
}
