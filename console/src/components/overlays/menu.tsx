// What can be done with one thing, behind a button: for rows of a table and for what a page does seldom.
import { Menu as Base } from "@base-ui/react/menu";
import type { ReactNode } from "react";

export interface MenuItem {
  label: string;
  onSelect: () => void;
  tone?: "plain" | "danger";
  disabled?: boolean;
  /** The key that does the same, where there is one. */
  shortcut?: string;
  /** Draws a line above it. */
  isApart?: boolean;
}

interface MenuProps {
  /** Names the button: "Actions for key build-bot". */
  label: string;
  items: readonly MenuItem[];
  /** What the button shows; three dots unless told. */
  children?: ReactNode;
}

const button = "inline-flex min-h-6 min-w-6 items-center justify-center gap-1.5 rounded-md";

export function Menu({ label, items, children }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger
        aria-label={label}
        className={`${button} ${children === undefined ? "text-soft hover:bg-tide hover:text-ink data-popup-open:bg-tide" : "min-h-7 bg-shoal px-2.5 hover:bg-tide"}`}
      >
        {children ?? (
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="currentColor">
            <circle cx="3" cy="8" r="1.4" />
            <circle cx="8" cy="8" r="1.4" />
            <circle cx="13" cy="8" r="1.4" />
          </svg>
        )}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="end" className="z-50 outline-none">
          <Base.Popup
            data-over-page=""
            className="max-h-(--available-height) min-w-44 overflow-y-auto rounded-md bg-sheet py-1 text-body text-ink shadow-sheet outline-none"
          >
            {items.map((item) => (
              <Item key={item.label} item={item} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Item({ item }: { item: MenuItem }) {
  return (
    <>
      {item.isApart === true && <Base.Separator className="my-1 border-t border-line" />}
      <Base.Item
        disabled={item.disabled === true}
        onClick={item.onSelect}
        className={`flex min-h-7 cursor-pointer items-center gap-6 px-3 outline-none data-disabled:cursor-default data-disabled:opacity-55 data-highlighted:bg-tide ${item.tone === "danger" ? "text-fail" : ""}`}
      >
        <span className="flex-1">{item.label}</span>
        {item.shortcut !== undefined && <kbd className="font-mono text-fine text-soft">{item.shortcut}</kbd>}
      </Base.Item>
    </>
  );
}
