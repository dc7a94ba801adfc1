// Asks for something before the page goes on: titled, closed by Escape or its button, focus kept inside and given back.
import { Dialog as Base } from "@base-ui/react/dialog";
import { type ReactNode, useRef } from "react";

export interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** Buttons, in a row that stays in view. */
  footer?: ReactNode;
  size?: "small" | "medium" | "large";
  /** An alert dialog is read out at once: for what cannot be undone. */
  isAlert?: boolean;
}

const widths = { small: "28rem", medium: "38rem", large: "58rem" };
const firstField = "input:not([type=hidden]), select, textarea, [contenteditable=true]";

/** Drawn while it is open: the page that opened it takes it away in `onClose`. */
export function Dialog({ title, onClose, children, footer, size = "small", isAlert = false }: DialogProps) {
  const body = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <Base.Root open disablePointerDismissal onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-[rgb(6_20_28/0.45)]" />
        <Base.Popup
          data-over-page=""
          role={isAlert ? "alertdialog" : "dialog"}
          initialFocus={() => body.current?.querySelector<HTMLElement>(firstField) ?? heading.current}
          className="fixed inset-0 z-40 m-auto flex h-fit max-h-[calc(100dvh-2rem)] max-w-[calc(100vw-1rem)] flex-col rounded-md bg-sheet text-ink shadow-sheet outline-none"
          style={{ width: widths[size] }}
        >
          <div className="flex items-start gap-3 px-5 pt-4 pb-2">
            <Base.Title
              ref={heading}
              tabIndex={-1}
              className="foreign min-w-0 flex-1 text-title font-semibold outline-none"
            >
              {title}
            </Base.Title>
            <Base.Close
              aria-label="Close"
              title="Esc"
              className="-mr-2 grid size-7 shrink-0 place-content-center rounded-md text-soft hover:bg-shoal hover:text-ink"
            >
              <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
                <path d="m2 2 8 8m0-8-8 8" stroke="currentColor" strokeWidth="1.5" />
              </svg>
            </Base.Close>
          </div>
          <div ref={body} className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-4">
            {children}
          </div>
          {footer !== undefined && (
            <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
