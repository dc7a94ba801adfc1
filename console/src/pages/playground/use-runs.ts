// What each column asked last, and the turns that it went on with after the messages that all share.
import { useCallback, useState } from "react";
import type { ModelAnswer } from "../../api/model/answer.ts";
import { newId } from "../../page/new-id.ts";
import { useAnswers } from "../../page/asking/use-answers.ts";
import { requestFor } from "./setup/request.ts";
import type { Setup, Turn } from "./setup/setup.ts";

export interface Run {
  id: string;
  request: Record<string, unknown>;
  said: readonly Turn[];
}

export interface Runs {
  runOf: (column: number) => Run | undefined;
  answerOf: (column: number) => ModelAnswer | undefined;
  /** All columns anew. */
  runAll: (setup: Setup) => void;
  /** These columns, with what they said before and more. */
  goOn: (setup: Setup, more: ReadonlyMap<number, readonly Turn[]>) => void;
  stop: () => void;
  remove: (column: number) => void;
  clear: () => void;
  isRunning: boolean;
}

export function useRuns(): Runs {
  const answers = useAnswers();
  const { ask, forget, stop } = answers;
  const [runs, setRuns] = useState<readonly (Run | undefined)[]>([]);
  const goOn = useCallback(
    (setup: Setup, more: ReadonlyMap<number, readonly Turn[]>) => {
      const started = setup.columns.map((column, index): Run | undefined => {
        const said = more.get(index);
        if (said === undefined) return undefined;
        return { id: newId(), request: requestFor(setup, column, said), said };
      });
      setRuns((before) => started.map((run, index) => run ?? before[index]));
      for (const run of started) if (run !== undefined) void ask(run.id, { request: run.request });
    },
    [ask],
  );
  const runAll = useCallback(
    (setup: Setup) => {
      forget();
      goOn(setup, new Map(setup.columns.map((_, index) => [index, []])));
    },
    [forget, goOn],
  );
  const clear = useCallback(() => {
    forget();
    setRuns([]);
  }, [forget]);
  return {
    runOf: (column) => runs[column],
    answerOf(column) {
      const run = runs[column];
      return run === undefined ? undefined : answers.of(run.id);
    },
    runAll,
    goOn,
    stop,
    remove: (column) => setRuns((before) => before.filter((_, index) => index !== column)),
    clear,
    isRunning: answers.isRunning,
  };
}
