/** Hears of changes that other programs make to the library, and of the server's end. */

const SETTLE_MS = 250;

/** Calls `onChanged` after the library has changed, `onLost` and `onBack` with the connection. */
export function followChanges({ onChanged, onLost, onBack }) {
  let timer = 0;
  let isLost = false;
  const stream = new EventSource('api/changes');
  stream.addEventListener('changed', () => {
    clearTimeout(timer);
    timer = setTimeout(onChanged, SETTLE_MS);
  });
  stream.addEventListener('error', () => {
    isLost = true;
    onLost();
  });
  stream.addEventListener('open', () => {
    if (isLost) onBack();
    isLost = false;
  });
}
