// The playground: the same messages to up to four models side by side, with what each said, how fast, and what it cost.
import { useRef, useState } from "react";
import { Button } from "../../components/parts/button.tsx";
import { Page } from "../../components/frame/page.tsx";
import { Segmented } from "../../components/parts/segmented.tsx";
import { useMay } from "../../page/services.ts";
import { ColumnView } from "./columns/column-view.tsx";
import { NextMessage } from "./columns/next-message.tsx";
import { SetupPanel } from "./editor/setup-panel.tsx";
import { SavedPrompts } from "./saved/saved-prompts.tsx";
import { findProblems, requestFor, turnFrom } from "./setup/request.ts";
import { COLUMNS_MAX, emptyColumn, emptySetup, emptyTurn, type Setup, type Turn } from "./setup/setup.ts";
import { useReplay } from "./setup/use-replay.tsx";
import { useSetup } from "./setup/use-setup.ts";
import { SnippetDialog } from "./snippets/snippet-dialog.tsx";
import { useRuns } from "./use-runs.ts";

const widths = [
  "",
  "lg:grid-cols-1",
  "lg:grid-cols-2",
  "lg:grid-cols-2 2xl:grid-cols-3",
  "lg:grid-cols-2 2xl:grid-cols-4",
];

export function PlaygroundPage() {
  const { setup, setSetup, callId } = useSetup();
  const runs = useRuns();
  const [isRendered, setRendered] = useState(true);
  const [snippet, setSnippet] = useState<object | null>(null);
  const take = (next: Setup): void => {
    runs.clear();
    setSetup(next);
  };
  const replay = useReplay(callId, take);
  const problems = findProblems(setup);
  const mayCall = useMay("call");
  const canRun = mayCall && problems.length === 0;
  const columns = useRef<HTMLDivElement>(null);
  const run = (): void => {
    if (!canRun || runs.isRunning) return;
    runs.runAll(setup);
    // Where the columns stand below what is asked, they come into view.
    columns.current?.scrollIntoView({ block: "start" });
  };
  const goOn = (text: string): void => {
    const more = new Map<number, readonly Turn[]>();
    setup.columns.forEach((_, index) => {
      const answer = runs.answerOf(index);
      const said = runs.runOf(index)?.said ?? [];
      const heard = answer === undefined || answer.choices.length === 0 ? [] : [turnFrom(answer)];
      more.set(index, [...said, ...heard, { ...emptyTurn("user"), text }]);
    });
    runs.goOn(setup, more);
  };
  return (
    <div
      className="contents"
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        run();
      }}
    >
      <Page
        title="Playground"
        fill
        actions={
          <>
            <SavedPrompts setup={setup} onOpen={take} />
            <Button onClick={() => take(emptySetup)}>Clear</Button>
            {runs.isRunning ? (
              <Button kind="primary" onClick={() => runs.stop()}>
                Stop
              </Button>
            ) : (
              <Button
                kind="primary"
                disabled={!canRun}
                onClick={run}
                aria-keyshortcuts="Control+Enter"
                title="Ctrl+Enter"
              >
                Run
              </Button>
            )}
          </>
        }
      >
        {replay}
        <div className="flex min-h-0 flex-1 flex-col overflow-y-auto lg:flex-row lg:overflow-hidden">
          <div className="border-b border-line lg:w-96 lg:shrink-0 lg:overflow-y-auto lg:border-r lg:border-b-0 2xl:w-[28rem]">
            <SetupPanel setup={setup} onChange={setSetup} />
          </div>
          <div ref={columns} className="flex min-w-0 flex-1 flex-col lg:min-h-0">
            <ColumnsBar
              setup={setup}
              problem={mayCall ? problems[0]?.message : "None of your roles may call models."}
              isRendered={isRendered}
              onRendered={setRendered}
              onAdd={() => setSetup({ ...setup, columns: [...setup.columns, emptyColumn()] })}
            />
            <div className={`grid min-h-0 flex-1 gap-px bg-line lg:auto-rows-fr ${widths[setup.columns.length]}`}>
              {setup.columns.map((column, index) => (
                <ColumnView
                  key={index}
                  setup={setup}
                  place={index}
                  run={runs.runOf(index)}
                  answer={runs.answerOf(index)}
                  isRendered={isRendered}
                  onChange={(changed) => setSetup({ ...setup, columns: setup.columns.with(index, changed) })}
                  onRemove={
                    setup.columns.length === 1
                      ? null
                      : () => {
                          runs.remove(index);
                          setSetup({ ...setup, columns: setup.columns.filter((__, at) => at !== index) });
                        }
                  }
                  onGoOn={(more) => runs.goOn(setup, new Map([[index, more]]))}
                  onTakeOver={(turns) => setSetup({ ...setup, turns: [...setup.turns, ...turns] })}
                  onSnippet={() => setSnippet(requestFor(setup, column, runs.runOf(index)?.said))}
                />
              ))}
            </div>
            {setup.columns.some((_, index) => runs.answerOf(index) !== undefined) && (
              <NextMessage columns={setup.columns.length} disabled={runs.isRunning} onSend={goOn} />
            )}
          </div>
        </div>
      </Page>
      {snippet !== null && <SnippetDialog request={snippet} onClose={() => setSnippet(null)} />}
    </div>
  );
}

interface ColumnsBarProps {
  setup: Setup;
  problem: string | undefined;
  isRendered: boolean;
  onRendered: (isRendered: boolean) => void;
  onAdd: () => void;
}

function ColumnsBar({ setup, problem, isRendered, onRendered, onAdd }: ColumnsBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2">
      <Button disabled={setup.columns.length >= COLUMNS_MAX} onClick={onAdd}>
        Add a model
      </Button>
      <Segmented
        label="How answers are shown"
        options={[
          { value: "rendered", label: "Laid out" },
          { value: "text", label: "As text" },
        ]}
        value={isRendered ? "rendered" : "text"}
        onChange={(value) => onRendered(value === "rendered")}
      />
      <p className="text-soft">{problem ?? "Ctrl-Enter asks all of them."}</p>
    </div>
  );
}
