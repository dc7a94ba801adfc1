// `g` and then a letter goes to a page; Ctrl-K finds. The second key is taken before pages see it, for `j` alone means theirs.
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useShortcuts } from "../../page/shortcuts.ts";
import type { PageEntry } from "../routing/pages.ts";

const waitMs = 1500;

export function useGoKeys(pages: readonly PageEntry[], onFind: () => void): void {
  const navigate = useNavigate();
  const startedMs = useRef(-Infinity);
  useShortcuts({
    g: () => {
      startedMs.current = performance.now();
    },
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        onFind();
        return;
      }
      if (performance.now() - startedMs.current > waitMs || event.key === "g") return;
      startedMs.current = -Infinity;
      const page = pages.find(({ letter }) => letter !== "" && letter === event.key);
      if (page === undefined) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void navigate({ to: page.path });
    };
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  }, [navigate, pages, onFind]);
}
