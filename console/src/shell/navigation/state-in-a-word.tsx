// All the instruments in one word, for where there is no room for them: the worst of what they say.
import type { Status } from "../../../../src/interfaces/contract.ts";
import type { Problem } from "../../api/explain-error.ts";
import { OutcomeGlyph } from "../../components/parts/outcome-glyph.tsx";

export function StateInAWord({ status, unread }: { status: Status | undefined; unread: Problem | null }) {
  if (unread !== null) return <Word glyph="failed" colour="text-fail" text={wordFor(unread)} />;
  if (status === undefined) return "State";
  if (!status.ready) return <Word glyph="refused" colour="text-warn" text="Not ready" />;
  if (!status.database.available) return <Word glyph="refused" colour="text-warn" text="Database away" />;
  return <Word glyph="ok" colour="text-ok" text="Ready" />;
}

export function wordFor(unread: Problem): string {
  return unread.kind === "away" ? "No answer" : "No reading";
}

function Word({ glyph, colour, text }: { glyph: "ok" | "refused" | "failed"; colour: string; text: string }) {
  return (
    <>
      <span className={colour}>
        <OutcomeGlyph outcome={glyph} />
      </span>
      {text}
    </>
  );
}
