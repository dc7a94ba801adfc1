// Approve and refuse: apart from each other, and on a phone as wide as the page.
import { Button } from "../../../components/parts/button.tsx";
import type { Decision } from "./decide-dialog.tsx";

interface DecideButtonsProps {
  what: string;
  /** Where all of it stands; left out where that is shown already. */
  href?: string;
  onDecide: (decision: Decision) => void;
}

export function DecideButtons({ what, href, onDecide }: DecideButtonsProps) {
  return (
    <div className="flex items-center gap-3 max-sm:[&>button]:min-h-11 max-sm:[&>button]:flex-1">
      <Button kind="primary" title="a" aria-label={`Approve: ${what}`} onClick={() => onDecide("approve")}>
        Approve
      </Button>
      <Button
        title="r"
        aria-label={`Refuse: ${what}`}
        className="min-h-8 px-3.5 font-semibold"
        onClick={() => onDecide("refuse")}
      >
        Refuse
      </Button>
      {href !== undefined && (
        <a
          href={href}
          aria-label={`Details: ${what}`}
          className="ml-auto inline-flex min-h-8 items-center px-1 text-pen underline underline-offset-2"
        >
          Details
        </a>
      )}
    </div>
  );
}
