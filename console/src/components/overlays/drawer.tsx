// A record beside the list that it is from; where the page is narrow, over it. The list stays usable: nothing is trapped here.
import { type ReactNode, useEffect, useRef } from "react";
import { useShortcuts } from "../../page/shortcuts.ts";
import { Button } from "../parts/button.tsx";

interface DrawerProps {
  /** Names the region: "Record of a call". */
  label: string;
  title: ReactNode;
  /** Above the title, at the left: a state. */
  aside?: ReactNode;
  /** Beside the close button: up and down, a menu. */
  actions?: ReactNode;
  /** Below the title, in small type: an id. */
  detail?: ReactNode;
  /** What is shown; when it changes, the drawer goes back to its top. */
  contentKey: string;
  onClose: () => void;
  children: ReactNode;
}

export function Drawer({ label, title, aside, actions, detail, contentKey, onClose, children }: DrawerProps) {
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useShortcuts({ Escape: onClose });
  useFocusWhileOpen(heading);
  useEffect(() => {
    if (panel.current !== null) panel.current.scrollTop = 0;
  }, [contentKey]);
  return (
    <aside
      ref={panel}
      aria-label={label}
      className="fixed inset-0 z-10 overflow-y-auto bg-sheet [scrollbar-gutter:stable] min-[68rem]:static min-[68rem]:w-[clamp(30rem,38vw,46rem)] min-[68rem]:shrink-0 min-[68rem]:border-l min-[68rem]:border-line"
    >
      <div className="sticky top-0 z-2 border-b border-line bg-sheet px-5 py-2.5">
        <div className="flex items-center gap-2">
          {aside}
          <span className="ml-auto flex gap-1.5">
            {actions}
            <Button onClick={onClose} title="Esc">
              Close
            </Button>
          </span>
        </div>
        <h2 ref={heading} tabIndex={-1} className="foreign mt-1 text-title font-semibold outline-none">
          {title}
        </h2>
        {detail !== undefined && <div className="text-fine text-soft">{detail}</div>}
      </div>
      {children}
    </aside>
  );
}

/** The heading takes the focus when the drawer opens; whoever had it before gets it back. */
function useFocusWhileOpen(heading: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [heading]);
}
