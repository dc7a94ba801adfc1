// One model beside others: what it is, what it has of its own, its conversation, its answer and what that took.
import { useCallback } from "react";
import type { ModelAnswer } from "../../../api/model/answer.ts";
import { ComboField } from "../../../components/inputs/choices/combo-field.tsx";
import { NumberField } from "../../../components/inputs/figures/figure-field.tsx";
import { TextArea } from "../../../components/inputs/text-field.tsx";
import { Menu } from "../../../components/overlays/menu.tsx";
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { AnswerThumbs } from "../../../components/scores/thumbs.tsx";
import { useModels } from "../../../page/asking/use-models.ts";
import type { Run } from "../use-runs.ts";
import { turnFrom } from "../setup/request.ts";
import type { Column, Setup, Turn } from "../setup/setup.ts";
import { AnswerFigures } from "./answer-figures.tsx";
import { AnswerView } from "./answer-view.tsx";
import { Told } from "./told.tsx";
import { ToolResults } from "./tool-results.tsx";

interface ColumnViewProps {
  setup: Setup;
  place: number;
  run: Run | undefined;
  answer: ModelAnswer | undefined;
  isRendered: boolean;
  onChange: (column: Column) => void;
  onRemove: (() => void) | null;
  onGoOn: (more: Turn[]) => void;
  /** Into the messages that all columns share. */
  onTakeOver: (turns: Turn[]) => void;
  onSnippet: () => void;
}

export function ColumnView(props: ColumnViewProps) {
  const { setup, place, answer } = props;
  return (
    <>
      <ColumnSection {...props} />
      <Told answer={answer} column={setup.columns.length === 1 ? null : place + 1} />
    </>
  );
}

function ColumnSection(props: ColumnViewProps) {
  const { setup, place, run, answer, isRendered } = props;
  const calls = answer?.choices[0]?.toolCalls ?? [];
  const hasEnded = answer !== undefined && answer.state !== "running";
  return (
    <section
      aria-label={`Column ${place + 1}`}
      aria-busy={answer?.state === "running"}
      className="flex min-w-0 flex-col gap-3 bg-sheet p-4 lg:min-h-0 lg:overflow-y-auto"
    >
      <ColumnHead {...props} />
      {run !== undefined && run.said.length > 0 && <Said turns={run.said} />}
      {answer === undefined ? (
        <p className="text-soft">
          {(setup.columns[place]?.model ?? "") === ""
            ? "Name who is to be asked. The list offers every route and model that you may use."
            : "The answer stands here, with its time, tokens and cost, once you press Run."}
        </p>
      ) : (
        <>
          <AnswerView answer={answer} isRendered={isRendered} />
          {hasEnded && calls.length > 0 && (
            <ToolResults
              key={run?.id}
              calls={calls}
              onAnswer={(results) => props.onGoOn([...(run?.said ?? []), turnFrom(answer), ...results])}
            />
          )}
          <div className="mt-auto grid gap-2 border-t border-line pt-2">
            <AnswerFigures answer={answer} />
            {hasEnded && answer.choices.length > 0 && (
              <div className="flex flex-wrap gap-1">
                <CopyButton
                  text={answer.choices[0]?.text ?? ""}
                  label={`the answer of column ${place + 1}`}
                  word="Copy the answer"
                />
                <button
                  type="button"
                  className="min-h-6 rounded-md px-1.5 text-fine text-soft hover:bg-tide hover:text-ink"
                  onClick={() => props.onTakeOver([...(run?.said ?? []), turnFrom(answer)])}
                >
                  Add to the messages
                </button>
                {answer.callId !== null && <AnswerThumbs key={answer.callId} callId={answer.callId} />}
              </div>
            )}
          </div>
        </>
      )}
    </section>
  );
}

function ColumnHead({ setup, place, onChange, onRemove, onSnippet }: ColumnViewProps) {
  const column = setup.columns[place] ?? setup.columns[0];
  const { data: models } = useModels();
  const suggest = useCallback(
    async (typed: string) => {
      const wanted = typed.toLowerCase();
      const found = (models ?? []).filter(({ id }) => id.toLowerCase().includes(wanted));
      return found.slice(0, 40).map(({ id, note }) => ({ value: id, note }));
    },
    [models],
  );
  if (column === undefined) return null;
  const hasOwnFigures = column.temperature !== null || column.max_tokens !== null;
  return (
    <div className="grid gap-3">
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <ComboField
            label={setup.columns.length === 1 ? "Model or route" : `Model or route ${place + 1}`}
            value={column.model}
            suggest={suggest}
            placeholder="sim/sim-small"
            onChange={(model) => onChange({ ...column, model })}
          />
        </div>
        <Menu
          label={`Column ${place + 1}`}
          items={[
            column.system === null
              ? { label: "Own system prompt", onSelect: () => onChange({ ...column, system: setup.system }) }
              : { label: "Shared system prompt", onSelect: () => onChange({ ...column, system: null }) },
            hasOwnFigures
              ? {
                  label: "Shared settings",
                  onSelect: () => onChange({ ...column, temperature: null, max_tokens: null }),
                }
              : {
                  label: "Own settings",
                  onSelect: () => onChange({ ...column, temperature: setup.settings.temperature ?? 1 }),
                },
            { label: "Copy as code", onSelect: onSnippet },
            {
              label: "Remove the column",
              onSelect: () => onRemove?.(),
              disabled: onRemove === null,
              isApart: true,
            },
          ]}
        />
      </div>
      {column.system !== null && (
        <TextArea
          label={`System prompt of column ${place + 1}`}
          rows={2}
          dir="auto"
          value={column.system}
          onChange={(system) => onChange({ ...column, system })}
        />
      )}
      {hasOwnFigures && (
        <div className="grid grid-cols-2 gap-3">
          <NumberField
            label="Temperature"
            min={0}
            max={2}
            value={column.temperature}
            placeholder="shared"
            onChange={(temperature) => onChange({ ...column, temperature })}
          />
          <NumberField
            label="Answer at most"
            unit="tokens"
            isWhole
            min={1}
            value={column.max_tokens}
            placeholder="shared"
            onChange={(max_tokens) => onChange({ ...column, max_tokens })}
          />
        </div>
      )}
    </div>
  );
}

/** What was said in this column alone, before its last answer. */
function Said({ turns }: { turns: readonly Turn[] }) {
  return (
    <ol className="grid gap-2" aria-label="What was said in this column">
      {turns.map((turn, index) => (
        <li key={index} className="grid gap-0.5 border-l-2 border-line pl-2.5">
          <span className="text-fine text-soft">{turn.role}</span>
          {turn.text !== "" && (
            <span className="foreign" dir="auto">
              {turn.text}
            </span>
          )}
          {turn.toolCalls.map((call, at) => (
            <span key={at} className="foreign font-mono text-fine">
              calls {call.name}({call.arguments})
            </span>
          ))}
        </li>
      ))}
    </ol>
  );
}
