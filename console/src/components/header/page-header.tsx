// The head of the page: the mark, the instruments, and what concerns the reader: theme, help, signing out.
import { useState } from "react";
import type { Status } from "../../../../src/interfaces/contract.ts";
import type { Problem } from "../../api/explain-error.ts";
import { Mark } from "../brand/mark.tsx";
import { Button } from "../parts/button.tsx";
import { StateInAWord } from "./state-in-a-word.tsx";
import { Readings } from "./readings.tsx";
import { ThemeChoice } from "./theme-choice.tsx";

interface PageHeaderProps {
  status: Status | undefined;
  /** Why the state could not be read just now. */
  unread: Problem | null;
  keyName: string;
  onHelp: () => void;
  onAccount: () => void;
  onSignOut: () => void;
}

export function PageHeader({ status, unread, keyName, onHelp, onAccount, onSignOut }: PageHeaderProps) {
  const [open, setOpen] = useState(false);
  return (
    <header className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b border-line bg-sheet px-4 py-2">
      <a href="#/calls" className="flex items-center gap-2.5 rounded-md">
        <Mark size={28} />
        <span className="text-title font-semibold">Binnacle</span>
        {status !== undefined && <span className="text-fine text-soft">{status.version}</span>}
      </a>
      <Button
        className="ml-auto lg:hidden"
        aria-expanded={open}
        aria-controls="page-menu"
        onClick={() => setOpen(!open)}
      >
        <StateInAWord status={status} unread={unread} />
        <span aria-hidden="true">{open ? "▴" : "▾"}</span>
      </Button>
      <div
        id="page-menu"
        className={`${open ? "flex" : "hidden"} w-full min-w-0 flex-wrap items-center gap-x-6 gap-y-3 pb-1 lg:flex lg:w-auto lg:flex-1 lg:flex-nowrap lg:pb-0`}
      >
        <Readings status={status} unread={unread} />
        <div className="flex items-center gap-2 lg:ml-auto">
          <ThemeChoice />
          <Button onClick={onHelp} aria-label="Help: keys and commands" title="Keys and commands">
            ?
          </Button>
          <Button onClick={onAccount} title={`Signed in as "${keyName}"`}>
            Account
          </Button>
          <Button onClick={onSignOut} title={`Signed in as "${keyName}"`}>
            Sign out
          </Button>
        </div>
      </div>
    </header>
  );
}
