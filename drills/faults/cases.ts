// Every fault of an upstream, of callers and of their input, with what the caller gets and what goes on record: what the
// documentation says about them (ARCHITECTURE.md, docs/reference/errors.md), as data.

export interface FaultCase {
  fault: string;
  request: FaultRequest;
  /** In the words of describe-case.ts. */
  caller: string;
  record: string;
}

export interface FaultRequest {
  model: string;
  stream: boolean;
  /** Hangs up at this moment. */
  leaves?: "before the answer" | "in the middle";
  /** Sent in place of a proper body. */
  body?: string;
  /** Sent in place of a proper key; "" for none. */
  key?: string;
}

/** Short, so that the drill is; two tries a call, so that a retry can be seen. */
export const gatewayConfig = {
  attempts_max: 2,
  backoff_base: "10ms",
  first_token_timeout: "1s",
  between_tokens_timeout: "1s",
  routes: { spare: { targets: ["sim/sim-small?error=500", "sim/sim-instant"] } },
};
/** A body one byte longer than this is refused. */
export const BODY_BYTES_MAX = 8 * 1024 * 1024;

const sim = (error: string, options = ""): string => `sim/sim-small?tokens=20&error=${error}${options}`;

/** Before the first content the same things happen to streams as to whole answers: another try, then an error. */
const beforeContent: FaultCase[] = (
  [
    ["none", "200 whole", "ok after ok"],
    ["slow", "200 whole", "ok after ok"],
    ["429", "429 rate_limit_exceeded", "failed after error, error: providers.vendor_rate_limited"],
    ["500", "500 providers.vendor_failed", "failed after error, error: providers.vendor_failed"],
    ["503", "503 providers.vendor_failed", "failed after error, error: providers.vendor_failed"],
    ["refused", "502 providers.vendor_unreachable", "failed after error, error: providers.vendor_unreachable"],
    ["stall", "504 gateway.first_token_timeout", "failed after error, error: gateway.first_token_timeout"],
    ["garbage", "502 providers.vendor_garbage", "failed after error, error: providers.vendor_garbage"],
    ["empty", "502 providers.vendor_garbage", "failed after error, error: providers.vendor_garbage"],
  ] as const
).flatMap(([fault, caller, record]) =>
  [false, true].map((stream) => ({ fault, request: { model: sim(fault), stream }, caller, record })),
);

const withinAnswer: FaultCase[] = [
  {
    fault: "cut",
    request: { model: sim("cut"), stream: false },
    caller: "502 providers.vendor_cut",
    record: "failed after error, error: providers.vendor_cut",
  },
  {
    fault: "stall_mid",
    request: { model: sim("stall_mid"), stream: false },
    caller: "504 gateway.first_token_timeout",
    record: "failed after error, error: gateway.first_token_timeout",
  },
  {
    fault: "malformed",
    request: { model: sim("malformed"), stream: false },
    caller: "502 providers.vendor_garbage",
    record: "failed after error, error: providers.vendor_garbage",
  },
  {
    fault: "cut before content",
    request: { model: sim("cut", "&fault_after_tokens=0"), stream: true },
    caller: "502 providers.vendor_cut",
    record: "failed after error, error: providers.vendor_cut",
  },
  {
    fault: "cut",
    request: { model: sim("cut"), stream: true },
    caller: "200 part, then error event providers.vendor_cut",
    record: "truncated after truncated: providers.vendor_cut",
  },
  {
    fault: "stall_mid",
    request: { model: sim("stall_mid"), stream: true },
    caller: "200 part, then error event gateway.silent_stream",
    record: "truncated after truncated: gateway.silent_stream",
  },
  {
    fault: "malformed",
    request: { model: sim("malformed"), stream: true },
    caller: "200 part, then error event providers.vendor_garbage",
    record: "truncated after truncated: providers.vendor_garbage",
  },
];

const rescued: FaultCase[] = [false, true].map((stream) => ({
  fault: "500, with a second target",
  request: { model: "spare", stream },
  caller: "200 whole",
  record: "ok after error, ok",
}));

const hangUps: FaultCase[] = [
  {
    fault: "caller leaves before the answer",
    request: { model: "sim/sim-small?first_token_ms=800", stream: false, leaves: "before the answer" },
    caller: "left",
    record: "cancelled after cancelled: gateway.caller_gone",
  },
  {
    fault: "caller leaves before the answer",
    request: { model: "sim/sim-small?first_token_ms=800", stream: true, leaves: "before the answer" },
    caller: "left",
    record: "cancelled after cancelled: gateway.caller_gone",
  },
  {
    fault: "caller leaves in the middle",
    request: { model: "sim/sim-small?token_ms=50&tokens=200", stream: true, leaves: "in the middle" },
    caller: "left",
    record: "cancelled after cancelled: gateway.caller_gone",
  },
];

/** What cannot be read, or comes from nobody, is no call and makes no record. */
const input: FaultCase[] = (
  [
    ["body is not JSON", { body: '{"model": "sim/sim-small", ' }, "400 interfaces.not_json", "none"],
    ["wrong type", { body: '{"model": "sim/sim-small", "messages": 7}' }, "400 providers.bad_request", "none"],
    ["body too large", { body: `"${"a".repeat(BODY_BYTES_MAX)}"` }, "413 interfaces.body_too_large", "none"],
    ["no key", { key: "" }, "401 invalid_api_key", "none"],
    ["wrong key", { key: "bk_wrong" }, "401 invalid_api_key", "none"],
    ["unknown model", { model: "sim-smal" }, "404 model_not_found", "refused: gateway.unknown_model"],
  ] as const
).map(([fault, request, caller, record]) => ({
  fault,
  request: { model: "sim/sim-small", stream: false, ...request },
  caller,
  record,
}));

export const faultCases: readonly FaultCase[] = [...beforeContent, ...withinAnswer, ...rescued, ...hangUps, ...input];
