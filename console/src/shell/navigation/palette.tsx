// Ctrl-K: go to a page, open a record by its id, or do what concerns the whole page. What is typed is matched by words.
import { Autocomplete } from "@base-ui/react/autocomplete";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { setTheme } from "../../page/preferences.ts";
import type { PageEntry } from "../routing/pages.ts";

export interface Command {
  id: string;
  title: string;
  /** Words that find it, besides its title. */
  also: string;
  /** What stands at its end. */
  note: string;
  run: () => void;
}

interface PaletteProps {
  pages: readonly PageEntry[];
  commands: readonly Command[];
  onClose: () => void;
}

const idShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$|^[0-9a-f]{32}$/i;

export function Palette({ pages, commands, onClose }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState("");
  const navigate = useNavigate();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const items = useMemo((): Command[] => {
    const go = (to: string) => () => void navigate({ to });
    const places = pages.map(({ path, title, also, letter }): Command => {
      return { id: path, title, also, note: letter === "" ? "" : `g ${letter}`, run: go(path) };
    });
    const id = typed.trim();
    const records = idShape.test(id)
      ? [
          { id: "call", title: `Open the call ${id}`, also: id, note: "", run: go(`/calls/${id}`) },
          { id: "trace", title: `Open the trace ${id}`, also: id, note: "", run: go(`/traces/${id}`) },
        ]
      : [];
    return [...records, ...places, ...commands, ...themeCommands];
  }, [pages, commands, typed, navigate]);
  const run = (command: Command): void => {
    dialog.current?.close();
    command.run();
  };
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
      aria-label="Find"
      className="mx-auto mt-[12vh] w-[min(36rem,calc(100vw-2rem))] overflow-hidden rounded-md bg-sheet p-0 text-ink shadow-sheet backdrop:bg-[rgb(6_20_28/0.45)]"
    >
      <Autocomplete.Root
        inline
        open
        items={items}
        value={typed}
        onValueChange={setTyped}
        autoHighlight="always"
        filter={matches}
        itemToStringValue={(command: Command) => command.title}
      >
        <Autocomplete.Input
          aria-label="Find a page, a record, a command"
          placeholder="A page, an id, a command"
          className="h-11 w-full border-b border-line bg-sheet px-4 text-read outline-none placeholder:text-soft"
        />
        <Autocomplete.Empty className="px-4 text-soft not-empty:py-3">Nothing here is called that.</Autocomplete.Empty>
        <Autocomplete.List className="max-h-[50vh] overflow-y-auto not-empty:py-1.5">
          {(command: Command) => (
            <Autocomplete.Item
              key={command.id}
              value={command}
              onClick={() => run(command)}
              className="flex min-h-8 cursor-pointer items-center gap-3 px-4 data-highlighted:bg-tide"
            >
              <span className="foreign">{command.title}</span>
              <kbd className="ml-auto font-sans text-fine text-soft">{command.note}</kbd>
            </Autocomplete.Item>
          )}
        </Autocomplete.List>
      </Autocomplete.Root>
    </dialog>
  );
}

const themeCommands: readonly Command[] = (["system", "light", "dark"] as const).map((theme) => ({
  id: `theme-${theme}`,
  title: `Theme: ${theme === "system" ? "as the system has it" : theme}`,
  also: "colours appearance night day",
  note: "",
  run: () => setTheme(theme),
}));

/** Every word that was typed begins a word of the command. */
function matches(command: Command, typed: string): boolean {
  const words = `${command.title} ${command.also}`.toLowerCase().split(/\s+/);
  const asked = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return asked.every((part) => words.some((word) => word.startsWith(part)));
}
