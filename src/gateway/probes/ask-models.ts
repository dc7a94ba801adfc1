// One target asked for its list of models. An answer shows that it is there and takes our key, not that its model is well: so it
// is let back on probation only, as after a first token.
import { type AppError, createCancellation, elapsedMs, toAppError, type World } from "../../kernel/index.ts";
import type { Ledger } from "../../ledger/index.ts";
import { callVendor, createModelsExchange, type Exchange, type Target } from "../../providers/index.ts";
import { gatewayErrors } from "../errors.ts";
import type { Health } from "../health/health.ts";
import { type Verdict, verdictOf } from "../health/verdict.ts";
import { probing } from "./who-probes.ts";

export interface AskDeps {
  world: World;
  ledger: Ledger;
  health: Health;
}

export interface Asking {
  timeoutMs: number;
  /** Ends it at once. */
  signal: AbortSignal;
}

/** Never throws; undefined where the target cannot be asked so, or was not to the end. */
export async function askModels(target: Target, asking: Asking, deps: AskDeps): Promise<Verdict | undefined> {
  const exchange = createModelsExchange(target);
  if (!exchange) return undefined;
  const { world, health } = deps;
  const startedMs = world.monotonicMs();
  health.endRest(target);
  const trial = health.begin(target);
  const error = await ask({ target, exchange }, asking, world);
  const verdict = error ? verdictFor(error) : "answered";
  if (verdict === "answered") health.reached(trial);
  health.end(trial, verdict === "answered" ? "nothing" : verdict, error?.retryAfterMs);
  if (error?.code !== "gateway.caller_gone") recordIt(target, { startedMs, error }, deps);
  return verdict;
}

async function ask(
  { target, exchange }: { target: Target; exchange: Exchange },
  { timeoutMs, signal }: Asking,
  world: World,
): Promise<AppError | undefined> {
  const cancellation = createCancellation();
  const late = (): void => cancellation.cancel(gatewayErrors.first_token_timeout({ target: target.id, timeoutMs }));
  const leave = (): void => cancellation.cancel(gatewayErrors.caller_gone({}));
  const timer = setTimeout(late, timeoutMs);
  signal.addEventListener("abort", leave, { once: true });
  try {
    const credential = target.vendor.credentials.take(world.monotonicMs(), undefined);
    await callVendor({ target, credential, exchange, cancellation, answerBytesMax: ANSWER_BYTES_MAX }, world);
    return undefined;
  } catch (thrown) {
    return toAppError(cancellation.isCancelled ? cancellation.reason : thrown);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", leave);
  }
}

/** Vendors that offer very many models have long lists. */
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

/** A key may be good for calls and not for lists. */
function verdictFor(error: AppError): Verdict {
  if (error.code === "providers.vendor_denied" && error.params["status"] === 403) return "nothing";
  return verdictOf(error);
}

function recordIt(
  { id, vendor, model }: Target,
  { startedMs, error }: { startedMs: number; error: AppError | undefined },
  { ledger, world }: AskDeps,
): void {
  const tookMs = elapsedMs(world, startedMs);
  try {
    const call = ledger.open({
      model: id,
      operation: "probe",
      dialect: vendor.dialectsOf(model)[0] ?? "",
      stream: false,
      who: probing,
      request: { media_type: "application/json", content: "" },
    });
    const told = error ? { code: error.code, message: error.message } : null;
    const status = typeof error?.params["status"] === "number" ? error.params["status"] : null;
    Object.assign(call.record, {
      authority: { policy: "builtin.probes", rule: "gateway.health.probes asks for the list of models" },
      route: { name: id, strategy: "direct", reason: "asked whether it is well" },
      outcome: error ? "failed" : "ok",
      status: error?.status ?? 200,
      error: told,
      tokens: { ...call.record.tokens, source: "vendor" },
      cost: { usd_micros: 0, price_version: null },
    });
    call.record.timings.total_ms = tookMs;
    call.record.attempts.push({
      target: id,
      vendor: vendor.name,
      model,
      reason: "asked whether it is well",
      started_after_ms: 0,
      duration_ms: tookMs,
      first_byte_ms: error ? null : tookMs,
      status: error ? status : 200,
      outcome: error ? "error" : "ok",
      error: told,
    });
    call.close();
  } catch (failure) {
    // A journal that is full refuses callers, who are told; nobody waits for this.
    world.log.warn({ err: failure, target: id }, "a probe could not be put on record");
  }
}
