// What was said of a record: the reader's own thumb with its comment, and the scores of all, also those that other programs reported.
import { useState } from "react";
import type { ScoreView } from "../../../../src/ledger/contract.ts";
import { Age } from "../figures/moment.tsx";
import { TextArea } from "../inputs/text-field.tsx";
import { Button } from "../parts/button.tsx";
import { Section } from "../parts/section.tsx";
import { ThumbGlyph } from "./thumb-glyph.tsx";
import { Thumbs } from "./thumbs.tsx";
import { type Scores, THUMB, useScores } from "./use-scores.ts";

/** As long as the API takes. */
const commentMax = 4000;

/** Nothing where there is nothing to see and nothing to do. */
export function ScoresSection({ recordId }: { recordId: string }) {
  const scores = useScores(recordId);
  const { page, thumb, mayScore } = scores;
  if (page === undefined || (page.scores.length === 0 && !mayScore)) return null;
  return (
    <Section title="Scores" aside={mayScore && <Thumbs scores={scores} />}>
      {mayScore && thumb !== undefined && <Comment key={thumb.id} scores={scores} thumb={thumb} />}
      {page.scores.length === 0 ? (
        <p className="text-soft">Nobody has scored it yet.</p>
      ) : (
        <ul aria-label="Scores" className="grid gap-2">
          {page.scores.map((score) => (
            <Line key={score.id} score={score} />
          ))}
        </ul>
      )}
      {page.next_cursor !== null && (
        <p className="mt-2 text-soft">These are the latest {page.scores.length}; the API has the others.</p>
      )}
    </Section>
  );
}

function Line({ score: { name, value, label, comment, by, source, at_ms: atMs } }: { score: ScoreView }) {
  return (
    <li>
      <p className="flex flex-wrap items-baseline gap-x-2">
        {name === THUMB && (value === 0 || value === 1) && (
          <span className="self-center">
            <ThumbGlyph isUp={value === 1} />
          </span>
        )}
        <bdi className="font-semibold">{name}</bdi>
        {value !== null && <span>{value}</span>}
        {label !== null && <bdi>{label}</bdi>}
        <span className="text-soft">
          <bdi>{by.user ?? by.key_name}</bdi>
          {source === "otlp" && ", by OpenTelemetry"}, <Age ms={atMs} />
        </span>
      </p>
      {comment !== null && (
        <p className="foreign" dir="auto">
          {comment}
        </p>
      )}
    </li>
  );
}

/** Why, once it is said how good. */
function Comment({ scores: { say, isBusy }, thumb }: { scores: Scores; thumb: ScoreView }) {
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null)
    return (
      <p className="mb-2">
        <Button kind="bare" className="-ml-1" onClick={() => setDraft(thumb.comment ?? "")}>
          {thumb.comment === null ? "Say why" : "Change your comment"}
        </Button>
      </p>
    );
  return (
    <form
      className="mb-3 grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void say({ value: thumb.value ?? 0, comment: draft });
      }}
    >
      <TextArea
        label="Why you find it so"
        rows={2}
        dir="auto"
        autoFocus
        maxLength={commentMax}
        value={draft}
        onChange={setDraft}
      />
      <p className="flex gap-2">
        <Button type="submit" disabled={isBusy}>
          Save the comment
        </Button>
        <Button onClick={() => setDraft(null)}>Leave it</Button>
      </p>
    </form>
  );
}
