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
    const asked = { isTaken: false };
    this.askPath({
      title: t('tagedit.rename_title', { tag: tag.path }),
      label: t('tagedit.path'),
      value: tag.path,
      offers: [],
      effect: (path) => this.renameEffect(tag, path, asked),
      submit: (path) => (asked.isTaken ? this.merge([tag.path], path) : this.rename(tag.path, path)),
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

  /** What a new path does; where the library has a tag called so, `asked.isTaken`, the two become one. */
  renameEffect(tag, path, asked) {
    const verb = 'tagedit.rename_do';
    if (path === '' || path === tag.path) return this.dialog.say({ text: t('tagedit.rename_hint'), verb, idle: true });
    if (isBelow(path, tag.path)) return this.dialog.say({ text: t('tagedit.below_itself'), verb, idle: true });
    return this.dialog.sayLater(verb, async () => {
      try {
        const { plan } = await post('api/tags/rename', { old: tag.path, new: path, only_plan: true });
        asked.isTaken = false;
        return this.renameText(tag, plan.target);
      } catch (failure) {
        if (failure.code !== 'tag_name_taken') throw failure;
        asked.isTaken = true;
        return planMerge([tag.path], path);
      }
    }, { isEager: true });
  }

  renameText(tag, target) {
    const below = this.tags().filter((other) => other.path.startsWith(`${tag.path}/`)).length;
    return t(below > 0 ? 'tagedit.rename_effect_below' : 'tagedit.rename_effect', { source: tag.path, target, n: tag.links_below, below });
  }

  mergeEffect(paths, path) {
    const sources = paths.filter((other) => other !== path);
    if (path === '' || sources.length === 0) return this.dialog.say({ text: t('tagedit.merge_hint'), verb: 'tagedit.merge_do', idle: true });
    if (sources.some((source) => isBelow(path, source))) return this.dialog.say({ text: t('tagedit.below_itself'), verb: 'tagedit.merge_do', idle: true });
    return this.dialog.sayLater('tagedit.merge_do', () => planMerge(sources, path));
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
    const { plan: { target: tag }, undo_ids: undoIds } = await post('api/tags/rename', { old, new: path });
    await this.onChanged([[old, tag]]);
    const isMoved = parentOf(old) !== parentOf(tag);
    offerTagUndo(t(isMoved ? 'tagedit.moved' : 'tagedit.renamed', { old, tag }), undoIds, () => this.onChanged([[tag, old]]));
  }

  async merge(paths, path) {
    const { plan: { target: tag }, undo_ids: undoIds } = await post('api/tags/merge', { sources: paths, target: path });
    const sources = paths.filter((other) => other !== tag);
    await this.onChanged(sources.map((source) => [source, tag]));
    offerTagUndo(t('tagedit.merged', { names: namesOf(sources), tag }), undoIds);
  }

  async remove(paths) {
    const { undo_ids: undoIds } = await post('api/tags/delete', { tags: paths });
    await this.onChanged([]);
    offerTagUndo(t('tagedit.deleted', { names: namesOf(paths) }), undoIds);
  }
}

/** Whether a path as typed stands below a tag. */
function isBelow(path, above) {
  return path.replaceAll('／', '/').startsWith(`${above}/`);
}

/** What merging would do, for the dialog to say; nothing where the target is the only one of them. */
async function planMerge(paths, path) {
  const { plan } = await post('api/tags/merge', { sources: paths, target: path, only_plan: true });
  const sources = paths.filter((other) => other !== plan.target);
  const verb = 'tagedit.merge_do';
  if (sources.length === 0) return { text: t('tagedit.merge_hint'), verb, idle: true };
  return { text: mergeText(plan, sources, plan.target), verb };
}

function namesField(dialog, tag, onChanged) {
  let names = tag.aliases;
  // What is left is known once the answer is here: a second name may be on its way already.
  const change = async (path, alias, leftOf, title) => {
    try {
      const { undo_ids: undoIds } = await post(path, { tag: tag.path, alias });
      names = leftOf(names);
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
    onAdd: (alias) => change('api/tags/alias', alias, (had) => [...had, alias], 'tagedit.named'),
    onRemove: (alias) => change('api/tags/alias/remove', alias, (had) => had.filter((other) => other !== alias), 'tagedit.unnamed'),
  });
}
