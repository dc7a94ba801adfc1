// The server does not answer: says so, since when, and that the page will come back by itself.
import { formatClock } from "../format/moments.ts";
import { Button } from "../components/parts/button.tsx";
import { OutcomeGlyph } from "../components/parts/outcome-glyph.tsx";

interface AwayNoticeProps {
  origin: string;
  /** When the server was last heard; null when it never was. */
  lastSeenMs: number | null;
  onRetry: () => void;
}

export function AwayNotice({ origin, lastSeenMs, onRetry }: AwayNoticeProps) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-alarm px-4 py-2.5">
      <span className="text-fail">
        <OutcomeGlyph outcome="failed" />
      </span>
      <p className="min-w-48 flex-1">
        <strong className="font-semibold">Binnacle does not answer at {origin.replace(/^https?:\/\//, "")}.</strong> It
        may be stopped or starting again.
        {lastSeenMs !== null && ` What you see is as of ${formatClock(lastSeenMs)}.`} This page keeps trying.
      </p>
      <Button kind="bare" onClick={onRetry}>
        Try now
      </Button>
    </div>
  );
}
