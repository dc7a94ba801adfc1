// j and k, wherever the reader is on the page: they move in the list that has the focus, or else in the one
// with a row open beside it, or else in the first.
import { useShortcuts } from "../../../page/shortcuts.ts";

/** Set on every list that has a cursor; "open" where a row of it is open. */
export const listMark = "data-list-keys";

export function useListKeys(isOn: boolean): void {
  useShortcuts(isOn ? { j: () => press("ArrowDown"), k: () => press("ArrowUp") } : {});
}

/** As if the arrow had been pressed in the list: it takes the focus, so that Enter opens what j came to. */
function press(key: string): void {
  const lists = [...document.querySelectorAll<HTMLElement>(`[${listMark}]`)];
  const list =
    lists.find((each) => each.contains(document.activeElement)) ??
    lists.find((each) => each.getAttribute(listMark) === "open") ??
    lists[0];
  list?.focus({ preventScroll: true });
  list?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}
