/** Keeping tags in order: rename, move, merge, delete, other names. What will happen is said beforehand. */

import { post } from './api.js';
import { labelled } from './dialog.js';
import { el, find } from './dom.js';
import { t } from './i18n.js';
import { openMenu } from './menu.js';
import { askColor } from './tagcolor.js';
import { TagField } from './tagfield.js';
import { deleteText, mergeText, namesOf } from './tagplan.js';
import { askSplit } from './tagsplit.js';
import { parentOf } from './tagtree.js';
import { failureText, showFailure } from './toast.js';
import { offerTagUndo } from './undo.js';

const OFFERS = 2000;

/**
 * The edits of one sidebar; `tags()` are the tags there are, `chosenLinks()` the links chosen in the list, `onChanged(moves)`
 * follows each edit with the pairs of old and new paths.
 */
export class TagEdits {
  constructor({ dialog, tags, chosenLinks, onChanged }) {
    this.tags = tags;
    this.chosenLinks = chosenLinks;
    this.onChanged = onChanged;
    this.dialog = dialog;
  }

  /** Offers all edits of a tag at a point of the window. */
  openMenu(tag, place, sheets) {
    openMenu([
      { label: t('tagedit.rename'), act: () => this.askRename(tag) },
      { label: t('tagedit.merge'), act: () => this.askMerge([tag.path]) },
      { label: t('tagedit.split'), act: () => askSplit(this.dialog, tag, this.chosenLinks(), this.onChanged) },
      { label: t('tagedit.names_menu'), act: () => this.askNames(tag) },
      { label: t('tagedit.color'), act: () => askColor(this.dialog, tag, this.onChanged) },
      { label: t('tagedit.rule'), act: () => sheets.newRule({ tags: [tag.path] }) },
      null,
      { label: t('tagedit.delete'), act: () => this.askDelete([tag.path]) },
    ], place);
  }

  askRename(tag) {
    this.askPath({
      title: t('tagedit.rename_title', { tag: tag.path }),
      label: t('tagedit.path'),
      value: tag.path,
      offers: [],
      effect: (path) => this.renameEffect(tag, path),
      submit: (path) => (existing(this.tags(), path, tag.path) ? this.merge([tag.path], path) : this.rename(tag.path, path)),
    });
  }

  /** Asks into which tag these go; of several, the most used is offered. */
  askMerge(paths) {
    const chosen = this.tags().filter(({ path }) => paths.includes(path));
    const most = chosen.reduce((one, other) => (other.links_below > one.links_below ? other : one), chosen[0]);
    const isOne = paths.length === 1;
    this.askPath({
      title: isOne ? t('tagedit.merge_title', { tag: paths[0] }) : t('tagedit.merge_many_title', { n: paths.length }),
      label: t('tagedit.target'),
      value: isOne ? '' : most?.path ?? '',
      offers: isOne ? this.tags().filter(({ path }) => path !== paths[0]) : chosen,
      effect: (path) => this.mergeEffect(paths, path),
      submit: (path) => this.merge(paths.filter((other) => other !== path), path),
    });
  }

  /** Says what goes, and waits for the word. */
  askDelete(paths) {
    const title = paths.length === 1 ? t('tagedit.delete_title', { tag: paths[0] }) : t('tagedit.delete_many_title', { n: paths.length });
    this.dialog.open({ title, body: [], isDanger: true, submit: () => this.remove(paths) });
    this.dialog.sayLater('tagedit.delete_do', async () => deleteText((await post('api/tags/delete', { tags: paths, only_plan: true })).plan));
  }

  askNames(tag) {
    const field = namesField(this.dialog, tag, this.onChanged);
    this.dialog.open({
      title: t('tagedit.names_title', { tag: tag.path }),
      body: [el('div', { class: 'field' }, el('span', {}, t('tagedit.names')), field.element)],
      submit: () => field.takeTyped(),
      canCancel: false,
    });
    this.dialog.say({ text: t('tagedit.names_hint'), verb: 'close' });
    field.focus();
  }

  askPath({ title, label, value, offers, effect, submit }) {
    const field = el('input', { class: 'tag-path', value, autocomplete: 'off', spellcheck: false, maxLength: 400, 'aria-describedby': 'ask-effect' });
    field.setAttribute('list', 'tag-paths');
    const update = () => effect(field.value.trim());
    field.addEventListener('input', update);
    find('#tag-paths').replaceChildren(...offers.slice(0, OFFERS).map(({ path }) => el('option', { value: path })));
    this.dialog.open({ title, body: [labelled(label, field)], submit: () => submit(field.value.trim()) });
    update();
    field.focus();
    field.select();
  }

  renameEffect(tag, path) {
    const verb = 'tagedit.rename_do';
    if (path === '' || path === tag.path) return this.dialog.say({ text: t('tagedit.rename_hint'), verb, idle: true });
    if (path.startsWith(`${tag.path}/`)) return this.dialog.say({ text: t('tagedit.below_itself'), verb, idle: true });
    if (existing(this.tags(), path, tag.path)) return this.mergeEffect([tag.path], path);
    const below = this.tags().filter((other) => other.path.startsWith(`${tag.path}/`)).length;
    const facts = { source: tag.path, target: path, n: tag.links_below, below };
    return this.dialog.say({ text: t(below > 0 ? 'tagedit.rename_effect_below' : 'tagedit.rename_effect', facts), verb });
  }

  mergeEffect(paths, path) {
    const sources = paths.filter((other) => other !== path);
    if (path === '' || sources.length === 0) return this.dialog.say({ text: t('tagedit.merge_hint'), verb: 'tagedit.merge_do', idle: true });
    if (sources.some((source) => path.startsWith(`${source}/`))) return this.dialog.say({ text: t('tagedit.below_itself'), verb: 'tagedit.merge_do', idle: true });
    return this.dialog.sayLater('tagedit.merge_do', async () => {
      const { plan } = await post('api/tags/merge', { sources, target: path, only_plan: true });
      return mergeText(plan, sources, path);
    });
  }

  /** Hangs tags below another at once, as dragging does. */
  async move(paths, under) {
    try {
      const { plan: { moved }, undo_ids: undoIds } = await post('api/tags/move', { tags: paths, under });
      await this.onChanged(moved);
      const [old, tag] = moved[0];
      const title = moved.length === 1 ? t('tagedit.moved', { old, tag }) : t(under ? 'tagedit.moved_many' : 'tagedit.moved_top', { n: moved.length, tag: under });
      offerTagUndo(title, undoIds, () => this.onChanged(moved.map(([from, to]) => [to, from])));
    } catch (failure) {
      showFailure(failure);
    }
  }

  async rename(old, path) {
    const { undo_ids: undoIds } = await post('api/tags/rename', { old, new: path });
    await this.onChanged([[old, path]]);
    const isMoved = parentOf(old) !== parentOf(path);
    offerTagUndo(t(isMoved ? 'tagedit.moved' : 'tagedit.renamed', { old, tag: path }), undoIds, () => this.onChanged([[path, old]]));
  }

  async merge(sources, target) {
    const { undo_ids: undoIds } = await post('api/tags/merge', { sources, target });
    await this.onChanged(sources.map((source) => [source, target]));
    offerTagUndo(t('tagedit.merged', { names: namesOf(sources), tag: target }), undoIds);
  }

  async remove(paths) {
    const { undo_ids: undoIds } = await post('api/tags/delete', { tags: paths });
    await this.onChanged([]);
    offerTagUndo(t('tagedit.deleted', { names: namesOf(paths) }), undoIds);
  }
}

/** Whether another tag, or an alias of another, is called so. */
function existing(tags, path, own) {
  const wanted = path.toLowerCase();
  return tags.some((tag) => tag.path !== own && (tag.path.toLowerCase() === wanted || tag.aliases.some((alias) => alias.toLowerCase() === wanted)));
}

function namesField(dialog, tag, onChanged) {
  let names = tag.aliases;
  const change = async (path, alias, left, title) => {
    try {
      const { undo_ids: undoIds } = await post(path, { tag: tag.path, alias });
      names = left;
      await onChanged([]);
      offerTagUndo(t(title, { tag: tag.path, alias }), undoIds);
      return names;
    } catch (failure) {
      dialog.problem(failureText(failure));
      return null;
    }
  };
  return new TagField({
    tags: names,
    completes: false,
    label: t('tagedit.names_add'),
    onAdd: (alias) => change('api/tags/alias', alias, [...names, alias], 'tagedit.named'),
    onRemove: (alias) => change('api/tags/alias/remove', alias, names.filter((other) => other !== alias), 'tagedit.unnamed'),
  });
}
