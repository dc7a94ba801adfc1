// Calls for tests of the list, and a server's answers about them without a server: just as much of the client as the list asks.
import type { CallPage, CallQuery, CallSummary } from "../../../../../src/ledger/contract.ts";
import type { Api } from "../../../api/open-api.ts";

export function aCall(given: Partial<CallSummary> = {}): CallSummary {
  return {
    id: crypto.randomUUID(),
    started_at_ms: 1_800_000_000_000,
    who: { key_id: "key_1", key_name: "a key", user: null, team: null, project: null, tags: [] },
    model: "fast",
    stream: false,
    route: { name: "fast", strategy: "order", reason: "the only target" },
    answer: null,
    tokens: { input: 1, output: 1, cache_read: 0, cache_write: 0, reasoning: 0, source: "vendor" },
    cost: { usd_micros: 1, price_version: null },
    timings: { total_ms: 0, overhead_ms: 0, first_token_ms: null, per_output_token_ms: null },
    outcome: "ok",
    status: 200,
    error: null,
    ...given,
  };
}

export interface InventedServer {
  api: Api;
  /** A call ends now. */
  end(given?: Partial<CallSummary>): CallSummary;
  /** What `calls.list` was asked, in order. */
  asked: Partial<CallQuery>[];
  /** What it throws from now on; null for answers. */
  refuseWith(error: unknown): void;
  /** Ends the stream and takes no other until it is switched on again. */
  switchOff(): void;
  switchOn(): void;
}

/** Newest first. Filters in words are taken for a part of the model's name. */
export function inventServer(atFirst: CallSummary[]): InventedServer {
  let calls = [...atFirst];
  let refusal: unknown = null;
  let isOn = true;
  const asked: Partial<CallQuery>[] = [];
  const listeners = new Set<ReturnType<typeof queue>>();
  const list = async (query: Partial<CallQuery>): Promise<CallPage> => {
    asked.push(query);
    if (!isOn) throw new TypeError("Failed to fetch");
    if (refusal !== null) throw refusal;
    const { limit = 50, cursor, outcome, filter = "", since_ms = 0 } = query;
    const found = calls.filter(
      (call) =>
        (outcome === undefined || call.outcome === outcome) &&
        call.model.includes(filter) &&
        call.started_at_ms >= since_ms,
    );
    const from = Number(cursor ?? 0);
    const next = from + limit;
    return { calls: found.slice(from, next), next_cursor: next < found.length ? String(next) : null };
  };
  const live = async (_: undefined, { signal }: { signal: AbortSignal }): Promise<AsyncIterable<CallSummary>> => {
    if (!isOn) throw new TypeError("Failed to fetch");
    const line = queue(signal);
    listeners.add(line);
    return line;
  };
  return {
    // Only what the list asks of it is there.
    api: { client: { calls: { list, live } }, origin: "", lastHeardMs: Date.now, setCsrf() {} } as unknown as Api,
    asked,
    end(given) {
      const call = aCall({ started_at_ms: Date.now(), ...given });
      calls = [call, ...calls];
      for (const line of listeners) line.push(call);
      return call;
    },
    refuseWith(error) {
      refusal = error;
    },
    switchOff() {
      isOn = false;
      for (const line of listeners) line.end();
      listeners.clear();
    },
    switchOn() {
      isOn = true;
    },
  };
}

function queue(signal: AbortSignal) {
  const waiting: CallSummary[] = [];
  let isOver = false;
  let wake = (): void => {};
  const end = (): void => {
    isOver = true;
    wake();
  };
  signal.addEventListener("abort", end);
  return {
    push(call: CallSummary) {
      waiting.push(call);
      wake();
    },
    end,
    async *[Symbol.asyncIterator]() {
      while (!isOver) {
        for (let call = waiting.shift(); call !== undefined; call = waiting.shift()) yield call;
        if (!isOver) await new Promise<void>((resolve) => void (wake = resolve));
      }
    },
  };
}
