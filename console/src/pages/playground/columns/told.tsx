// Tells those who listen that an answer is there: what it says where one model was asked, and whose it is where several were. What went
// wrong tells itself.
import type { ModelAnswer } from "../../../api/model/answer.ts";

/** `column` counts from 1; null where there is but one. */
export function Told({ answer, column }: { answer: ModelAnswer | undefined; column: number | null }) {
  return (
    <p aria-live="polite" className="visually-hidden">
      {answer === undefined || answer.state === "running" ? "" : sayAnswer(answer, column)}
    </p>
  );
}

function sayAnswer({ choices: [first] }: ModelAnswer, column: number | null): string {
  if (first === undefined) return "";
  if (column !== null) return `Column ${column} has answered.`;
  return [first.text, ...first.toolCalls.map(({ name }) => `It calls ${name}.`)].filter(Boolean).join(" ");
}
