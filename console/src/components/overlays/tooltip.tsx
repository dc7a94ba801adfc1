// A few more words about something, under the pointer or at the focus. Never the only place of what one must know: a finger
// sees none.
import { Tooltip as Base } from "@base-ui/react/tooltip";
import { type ReactElement, useId } from "react";

interface TooltipProps {
  text: string;
  /** One element. A control keeps its own focus; words get a place in the order of Tab. */
  children: ReactElement | string;
}

export function Tooltip({ text, children }: TooltipProps) {
  const id = useId();
  const trigger =
    typeof children === "string" ? (
      <span tabIndex={0} className="rounded-md underline decoration-control decoration-dotted underline-offset-3">
        {children}
      </span>
    ) : (
      children
    );
  return (
    <Base.Root>
      <Base.Trigger render={trigger} aria-describedby={id} delay={350} />
      <span id={id} className="visually-hidden" role="tooltip">
        {text}
      </span>
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="z-50">
          <Base.Popup
            aria-hidden="true"
            className="foreign max-w-72 rounded-md bg-ink px-2 py-1 text-fine text-sheet shadow-sheet"
          >
            {text}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
