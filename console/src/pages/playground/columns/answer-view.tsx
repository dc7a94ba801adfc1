// An answer while it comes in and after: reasoning, text, tools it wants called, what went wrong; one below the other where several were asked for.
import type { Choice, ModelAnswer } from "../../../api/model/answer.ts";
import { Markdown } from "../../../components/answer/markdown.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { formatCount } from "../../../format/figures.ts";

interface AnswerViewProps {
  answer: ModelAnswer;
  /** Laid out, or letter by letter. */
  isRendered: boolean;
}

export function AnswerView({ answer, isRendered }: AnswerViewProps) {
  const { choices, state, problem } = answer;
  const said = choices.length > 0;
  return (
    <div className="grid min-w-0 gap-3">
      {choices.map((choice, index) => (
        <div key={index} className="grid min-w-0 gap-2">
          {choices.length > 1 && <p className="text-fine text-soft">{`Answer ${index + 1} of ${choices.length}`}</p>}
          <ChoiceView choice={choice} isRendered={isRendered} />
        </div>
      ))}
      {!said && state === "running" && <p className="text-soft">Waiting for the first token …</p>}
      {state === "stopped" && <p className="text-soft">Stopped. What came until then stays.</p>}
      {answer.isCut && <p className="text-warn">The answer is longer than this page holds; its record has the rest.</p>}
      {problem !== null && <Notice problem={problem} />}
    </div>
  );
}

function ChoiceView({ choice, isRendered }: { choice: Choice; isRendered: boolean }) {
  const { text, reasoning, toolCalls, finishReason } = choice;
  const json = isRendered ? indentedJson(text) : null;
  return (
    <>
      {reasoning !== "" && (
        <details className="rounded-md bg-paper px-3 py-1.5 text-soft">
          <summary className="min-h-6">{`Reasoning, ${formatCount(reasoning.length)} characters`}</summary>
          <p className="foreign pt-1 pb-1" dir="auto">
            {reasoning}
          </p>
        </details>
      )}
      {json !== null ? (
        <pre
          tabIndex={0}
          role="group"
          aria-label="The answer as JSON"
          className="overflow-x-auto rounded-md bg-paper px-3 py-2 font-mono text-fine leading-5"
        >
          {json}
        </pre>
      ) : isRendered ? (
        text !== "" && (
          <div className="text-read">
            <Markdown text={text} />
          </div>
        )
      ) : (
        <p className="foreign font-mono text-fine leading-5" dir="auto">
          {text}
        </p>
      )}
      {toolCalls.map((call, index) => (
        <div key={index} className="rounded-md bg-paper px-3 py-1.5">
          <p className="text-soft">
            calls <bdi className="font-semibold text-ink">{call.name}</bdi>
          </p>
          <p className="foreign font-mono text-fine leading-5">{indentedJson(call.arguments) ?? call.arguments}</p>
        </div>
      ))}
      {finishReason !== null && finishReason !== "stop" && finishReason !== "tool_calls" && (
        <p className="text-fine text-warn">
          Ended because of <bdi>{finishReason}</bdi>.
        </p>
      )}
    </>
  );
}

/** Null for what is no object and no list. */
function indentedJson(text: string): string | null {
  const first = text.trimStart()[0];
  if (first !== "{" && first !== "[") return null;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}
