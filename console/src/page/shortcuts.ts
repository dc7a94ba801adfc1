// Keys that work anywhere on the page. Single characters are left alone while someone types, and where the reader has
// switched them off.
import { useEffect, useRef } from "react";
import { useSingleKeys } from "./preferences.ts";

/** What lies over the page and has the keys to itself: dialogs of both kinds, menus, lists of suggestions. */
const overPage = "dialog[open], [data-over-page][data-open]";

/** As the reader's keyboard has it: `⌘K`, `Ctrl K`. */
export const paletteKeys = /^(Mac|iP)/.test(navigator.platform) ? "⌘K" : "Ctrl K";

export type Shortcuts = Partial<Record<string, () => void>>;

/** `{ j: next, Escape: close }`: `KeyboardEvent.key` to what it does. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const singleKeys = useSingleKeys();
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      if (document.querySelector(overPage) !== null) return;
      if (event.key.length === 1 && (!singleKeys || isTyping(event.composedPath()[0]))) return;
      const run = latest.current[event.key];
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [singleKeys]);
}

/** Of an event's path the first: an editor in a shadow root shows as its host to the outside. */
function isTyping(target: EventTarget | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["radio", "checkbox", "button"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}
