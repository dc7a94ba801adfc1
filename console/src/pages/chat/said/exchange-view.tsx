// One question and its answer, in large type.
import type { ModelAnswer } from "../../../api/model/answer.ts";
import { Markdown } from "../../../components/answer/markdown.tsx";
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { OutcomeGlyph } from "../../../components/parts/outcome-glyph.tsx";
import { Words } from "../../../components/parts/words.tsx";
import { AnswerThumbs } from "../../../components/scores/thumbs.tsx";
import { explainRefusal } from "../talk/explain-refusal.ts";
import type { Exchange } from "../talk/exchange.ts";

export function ExchangeView({ exchange, answer }: { exchange: Exchange; answer: ModelAnswer | undefined }) {
  const text = exchange.recorded ?? answer?.choices[0]?.text ?? "";
  const isRunning = answer?.state === "running";
  const problem = answer?.problem ?? null;
  return (
    <li className="grid gap-4">
      <div className="foreign ml-auto max-w-[85%] rounded-md bg-tide px-4 py-2" dir="auto">
        <span className="visually-hidden">You: </span>
        {exchange.asked}
      </div>
      <div className="grid min-w-0 gap-1" aria-busy={isRunning}>
        <span className="visually-hidden">Answer: </span>
        {text !== "" && <Markdown text={text} />}
        {isRunning && text === "" && <p className="text-soft">Thinking …</p>}
        {answer?.state === "stopped" && <p className="text-read text-soft">You stopped it here.</p>}
        {problem !== null && <Refusal problem={problem} />}
        {exchange.recorded === "" && <p className="text-read text-soft">No answer is kept.</p>}
        {!isRunning && text !== "" && (
          <div className="-ml-1.5 flex flex-wrap items-center gap-1">
            <CopyButton text={text} label="the answer" />
            {typeof answer?.callId === "string" && <AnswerThumbs callId={answer.callId} />}
          </div>
        )}
      </div>
    </li>
  );
}

function Refusal({ problem }: { problem: NonNullable<ModelAnswer["problem"]> }) {
  const { title, advice } = explainRefusal(problem);
  return (
    <div role="alert" className="grid gap-1 rounded-md border border-line bg-sheet px-4 py-3">
      <p className="flex items-center gap-2 font-semibold">
        <span className="text-warn">
          <OutcomeGlyph outcome="refused" />
        </span>
        {title}
      </p>
      <p>{advice}</p>
      <details className="text-read text-soft">
        <summary className="min-h-6">Why</summary>
        <p className="pt-1">
          <Words text={`${problem.message} ${problem.fix}`.trim()} />
        </p>
      </details>
    </div>
  );
}
