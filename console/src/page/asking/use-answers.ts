// Answers of models while they come in, each under a key of the page's own. Many parts come in a second: the page is drawn anew a few times in one.
import { useCallback, useEffect, useRef, useState } from "react";
import { askModel, type Question } from "../../api/model/ask-model.ts";
import { type ModelAnswer, nothingYet } from "../../api/model/answer.ts";
import { useServices } from "../services.ts";

const drawEveryMs = 60;

export interface Answers {
  of: (key: string) => ModelAnswer | undefined;
  /** Resolves with the whole answer, however it ended. */
  ask: (key: string, question: Question) => Promise<ModelAnswer>;
  /** One, or all. What came so far stays. */
  stop: (key?: string) => void;
  forget: () => void;
  isRunning: boolean;
}

export function useAnswers(): Answers {
  const { session } = useServices();
  const [shown, setShown] = useState<ReadonlyMap<string, ModelAnswer>>(new Map());
  const latest = useRef(new Map<string, ModelAnswer>());
  const running = useRef(new Map<string, AbortController>());
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const draw = useCallback(() => {
    timer.current = null;
    setShown(new Map(latest.current));
  }, []);
  const stop = useCallback((key?: string) => {
    for (const [each, controller] of running.current) if (key === undefined || each === key) controller.abort();
  }, []);
  const ask = useCallback(
    async (key: string, question: Question): Promise<ModelAnswer> => {
      const controller = new AbortController();
      running.current.get(key)?.abort();
      running.current.set(key, controller);
      latest.current.set(key, nothingYet);
      draw();
      const answer = await askModel(question, {
        csrf: session.csrf_token,
        signal: controller.signal,
        onAnswer(next) {
          // What was asked under this key before has nothing to say any more.
          if (running.current.get(key) !== controller) return;
          latest.current.set(key, next);
          timer.current ??= setTimeout(draw, drawEveryMs);
        },
      });
      if (running.current.get(key) === controller) running.current.delete(key);
      return answer;
    },
    [draw, session.csrf_token],
  );
  const forget = useCallback(() => {
    stop();
    running.current.clear();
    latest.current.clear();
    draw();
  }, [draw, stop]);
  useEffect(
    () => () => {
      stop();
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [stop],
  );
  const isRunning = [...shown.values()].some(({ state }) => state === "running");
  return { of: (key) => shown.get(key), ask, stop, forget, isRunning };
}
