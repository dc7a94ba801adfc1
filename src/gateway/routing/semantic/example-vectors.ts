// The vectors of routes' examples: worked out in the background, some at a time, and kept while a route has them. What fails
// is tried again, ever more seldom; what is no text for the model is left out.
import type { Embedder } from "../../../embedding/index.ts";
import { isAppError, type Log, sleep } from "../../../kernel/index.ts";

export interface ExampleVectors {
  /** These texts from now on, and no others. */
  want(texts: ReadonlySet<string>): void;
  /** Undefined while one of them is still to come; those that have none are left out. */
  of(texts: readonly string[]): readonly Float32Array[] | undefined;
  /** Begins to work; nothing is asked of the model before. */
  start(): void;
  close(): void;
}

export interface ExampleVectorsDeps {
  embedder: Pick<Embedder, "embed">;
  log: Pick<Log, "warn">;
  /** Until the first new try; it doubles with each. */
  retryMs?: number;
}

/** So that calls' own texts come in between. */
const TEXTS_AT_ONCE = 16;
const RETRY_MS = 250;
const RETRY_MS_MAX = 60_000;

export function createExampleVectors({ embedder, log, retryMs = RETRY_MS }: ExampleVectorsDeps): ExampleVectors {
  let wanted: ReadonlySet<string> = new Set();
  /** Null for a text that the model makes nothing of. */
  let found = new Map<string, Float32Array | null>();
  const closing = new AbortController();
  let work: Promise<void> | undefined;
  let isStarted = false;

  const missing = (): string[] => [...wanted].filter((text) => !found.has(text));

  /** False where something failed that may do another time. */
  async function findSome(texts: readonly string[]): Promise<boolean> {
    const all = await Promise.allSettled(texts.map((text) => embedder.embed([text], closing.signal)));
    let isWell = true;
    for (const [index, each] of all.entries()) {
      const text = texts[index] ?? "";
      if (each.status === "fulfilled") found.set(text, each.value[0] ?? null);
      else if (isForGood(each.reason)) found.set(text, null);
      else isWell = false;
      if (each.status === "rejected" && !closing.signal.aborted && found.get(text) === null)
        log.warn({ err: each.reason, example: text }, "an example of a route has no vector, and is left out");
    }
    return isWell;
  }

  async function findAll(): Promise<void> {
    let waitMs = retryMs;
    for (let texts = missing(); texts.length > 0 && !closing.signal.aborted; texts = missing()) {
      if (await findSome(texts.slice(0, TEXTS_AT_ONCE))) {
        waitMs = retryMs;
        continue;
      }
      await sleep(waitMs, closing.signal).catch(() => undefined);
      waitMs = Math.min(RETRY_MS_MAX, waitMs * 2);
    }
  }

  function begin(): void {
    if (!isStarted || work || missing().length === 0) return;
    work = findAll().finally(() => {
      work = undefined;
      if (!closing.signal.aborted) begin();
    });
  }

  return {
    want(texts) {
      wanted = texts;
      found = new Map([...found].filter(([text]) => texts.has(text)));
      begin();
    },
    of(texts) {
      const vectors = texts.map((text) => found.get(text));
      return vectors.includes(undefined) ? undefined : vectors.filter((each) => each instanceof Float32Array);
    },
    start() {
      isStarted = true;
      begin();
    },
    close: () => closing.abort(),
  };
}

/** It is about the text, and not about the moment. */
function isForGood(error: unknown): boolean {
  return isAppError(error) && (error.code === "embedding.too_long" || error.code === "embedding.not_its_language");
}
