// The rail at the left: the mark, all pages, and at its foot the state of the house and what concerns the reader. Where there is
// no room for it, a bar with a button that brings it.
import { paletteKeys } from "../../page/shortcuts.ts";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Link } from "@tanstack/react-router";
import { Mark } from "../../components/brand/mark.tsx";
import { Button } from "../../components/parts/button.tsx";
import type { PageEntry } from "../routing/pages.ts";
import { NavList } from "./nav-list.tsx";

interface RailProps {
  pages: readonly PageEntry[];
  waiting: Readonly<Record<string, number>>;
  /** The state of the house in a word. */
  state: ReactNode;
  /** Account, help, theme. */
  foot: ReactNode;
  onFind: () => void;
}

export function Rail({ pages, waiting, state, foot, onFind }: RailProps) {
  return (
    <header className="hidden w-50 shrink-0 flex-col border-r border-line bg-sheet lg:flex">
      <Head onFind={onFind} />
      <div className="min-h-0 flex-1 overflow-y-auto pt-1">
        <NavList pages={pages} waiting={waiting} />
      </div>
      <div className="grid grid-cols-1 gap-2 border-t border-line px-3 py-2.5">
        <div className="flex items-center gap-1.5 px-1">{state}</div>
        {foot}
      </div>
    </header>
  );
}

export function TopBar({ pages, waiting, state, foot, onFind }: RailProps) {
  const [open, setOpen] = useState(false);
  return (
    <header className="flex min-h-11 items-center gap-3 border-b border-line bg-sheet px-3 lg:hidden">
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Pages
      </Button>
      <span className="flex items-center gap-1.5">{state}</span>
      <Button className="ml-auto" onClick={onFind}>
        Find
      </Button>
      {open && (
        <PagesDialog onClose={() => setOpen(false)}>
          <NavList pages={pages} waiting={waiting} onGo={() => setOpen(false)} />
          <div className="border-t border-line px-4 pt-3">{foot}</div>
        </PagesDialog>
      )}
    </header>
  );
}

function Head({ onFind }: { onFind: () => void }) {
  return (
    <div className="flex min-h-12 items-center gap-2 px-3">
      <Link to="/" className="flex items-center gap-2 rounded-md" aria-label="Binnacle, home">
        <Mark size={26} />
        <span className="text-title font-semibold">Binnacle</span>
      </Link>
      <Button
        kind="plain"
        className="ml-auto px-2"
        onClick={onFind}
        aria-label={`Find a page, a call, a key: ${paletteKeys}`}
      >
        <kbd className="font-sans text-fine">{paletteKeys}</kbd>
      </Button>
    </div>
  );
}

function PagesDialog({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-label="Pages"
      className="fixed inset-y-0 left-0 m-0 h-full max-h-none w-[min(17rem,85vw)] overflow-y-auto bg-sheet py-3 text-ink shadow-sheet backdrop:bg-[rgb(6_20_28/0.45)]"
    >
      <div className="flex justify-between px-4 pb-3">
        <span className="flex items-center gap-2 text-title font-semibold">
          <Mark size={24} /> Binnacle
        </span>
        <Button onClick={() => dialog.current?.close()}>Close</Button>
      </div>
      {children}
    </dialog>
  );
}
