// What this browser remembers of its reader: the theme, and whether single keys are shortcuts. Nothing else is stored.
import { useSyncExternalStore } from "react";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const themeKey = "binnacle.theme";
const keysKey = "binnacle.single_keys";
const changed = "binnacle-preferences";

/** Puts the remembered theme on the page. Run before the first paint. */
export function applyTheme(): void {
  showTheme(themes.find((theme) => theme === read(themeKey)) ?? "system");
}

export function setTheme(theme: Theme): void {
  showTheme(theme);
  write(themeKey, theme);
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, shownTheme);
}

/** Single-key shortcuts can be switched off: they get in the way of speech input. */
export function useSingleKeys(): boolean {
  return useSyncExternalStore(subscribe, () => read(keysKey) !== "off");
}

export function setSingleKeys(on: boolean): void {
  write(keysKey, on ? "on" : "off");
}

function showTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
}

function shownTheme(): Theme {
  return themes.find((theme) => theme === document.documentElement.dataset["theme"]) ?? "system";
}

function subscribe(listener: () => void): () => void {
  addEventListener(changed, listener);
  return () => removeEventListener(changed, listener);
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that stores nothing forgets the choice with the page: not worth a message.
  }
  dispatchEvent(new Event(changed));
}
