// Two buttons that say how good an answer was. The one that is pressed takes back what it said.
import { Notice } from "../parts/notice.tsx";
import { ThumbGlyph } from "./thumb-glyph.tsx";
import { type Scores, useScores } from "./use-scores.ts";

const thumbs = [
  { value: 1, word: "Good", label: "Good: thumb up" },
  { value: 0, word: "Bad", label: "Bad: thumb down" },
] as const;

/** Of an answer that is looked at by itself; nothing where the reader may not score it. */
export function AnswerThumbs({ callId }: { callId: string }) {
  const scores = useScores(callId);
  return scores.mayScore ? <Thumbs scores={scores} /> : null;
}

export function Thumbs({ scores: { thumb, isBusy, problem, say } }: { scores: Scores }) {
  const press = (value: number): void => {
    if (isBusy) return;
    // A comment that was said of the other thumb says nothing of this one.
    void say(thumb?.value === value ? null : { value, comment: "" });
  };
  return (
    <div role="group" aria-label="How good it was" className="flex flex-wrap items-center gap-1">
      {thumbs.map(({ value, word, label }) => (
        <button
          key={value}
          type="button"
          aria-label={label}
          aria-pressed={thumb?.value === value}
          onClick={() => press(value)}
          className="inline-flex min-h-6 items-center gap-1.5 rounded-md px-1.5 text-fine text-soft hover:bg-tide hover:text-ink aria-pressed:bg-tide aria-pressed:font-semibold aria-pressed:text-ink"
        >
          <ThumbGlyph isUp={value > 0} />
          {word}
        </button>
      ))}
      {problem !== null && (
        <div className="basis-full">
          <Notice problem={problem} />
        </div>
      )}
    </div>
  );
}
