// A list under a text field: the arrows mark a row while the keyboard stays in the field.

/** @param {HTMLInputElement} input @param {HTMLElement} list */
export function createListbox(input, list) {
  let at = -1;

  /** @param {number} index */
  function mark(index) {
    at = index;
    [...list.children].forEach((row, position) => row.setAttribute('aria-selected', String(position === at)));
    input.setAttribute('aria-expanded', String(!list.hidden));
    if (at >= 0) input.setAttribute('aria-activedescendant', `${list.id}-${at}`);
    else input.removeAttribute('aria-activedescendant');
    list.children[at]?.scrollIntoView({ block: 'nearest' });
  }

  return {
    isOpen: () => !list.hidden,
    at: () => at,
    /** Show rows, one of them marked or none (-1). @param {{ row: HTMLElement, choose: () => void }[]} choices @param {number} [marked] */
    show(choices, marked = -1) {
      list.replaceChildren(...choices.map(({ row, choose }, index) => option(row, `${list.id}-${index}`, choose)));
      list.hidden = !choices.length;
      mark(choices.length ? marked : -1);
    },
    /** @param {number} step */
    move(step) {
      const count = list.children.length;
      if (count) mark(at < 0 && step < 0 ? count - 1 : (at + step + count) % count);
    },
  };
}

/** @param {HTMLElement} row @param {string} id @param {() => void} choose */
function option(row, id, choose) {
  row.id = id;
  row.setAttribute('role', 'option');
  row.addEventListener('mousedown', (event) => event.preventDefault()); // the keyboard stays in the field
  row.addEventListener('click', choose);
  return row;
}
