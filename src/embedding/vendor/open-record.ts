// The record of a call that Binnacle makes for itself: no key asked for it, and no budget is charged.
import { type AppError, elapsedMs, type World } from "../../kernel/index.ts";
import type { CallRecord, Ledger } from "../../ledger/index.ts";
import type { CallerRequest, Providers, Target, VendorAnswer } from "../../providers/index.ts";

export interface VendorDeps {
  world: World;
  /** Each batch is a call on record. */
  ledger: Pick<Ledger, "open">;
  providers: Pick<Providers, "resolve" | "price">;
}

export interface EmbeddingRecord {
  readonly callId: string;
  succeed(answer: Extract<VendorAnswer, { kind: "whole" }>): void;
  /** After `succeed` it does nothing: what was paid for is on record as such. */
  fail(error: AppError): void;
}

/** Whose call it is. */
const OURSELVES = {
  key_id: "binnacle",
  key_name: "binnacle",
  user: null,
  team: null,
  project: null,
  tags: ["embedding"],
};

export function openRecord(
  target: Target,
  request: CallerRequest,
  { world, ledger, providers }: VendorDeps,
): EmbeddingRecord {
  const { id, model, vendor } = target;
  const startedMs = world.monotonicMs();
  const call = ledger.open({
    model: id,
    operation: request.operation,
    dialect: request.dialect,
    stream: false,
    who: OURSELVES,
    request: { media_type: "application/json", content: request.text },
  });
  const { record } = call;
  const log: CallRecord["attempts"][number] = {
    target: id,
    vendor: vendor.name,
    model,
    reason: "embedding.model",
    started_after_ms: 0,
    duration_ms: 0,
    first_byte_ms: null,
    status: null,
    outcome: "ok",
    error: null,
  };
  record.attempts.push(log);
  record.authority = { policy: "binnacle", rule: "embedding.model" };
  record.route = { name: id, strategy: "direct", reason: "embedding.model" };
  let isClosed = false;

  function close(body?: Parameters<typeof call.close>[0]): void {
    isClosed = true;
    log.duration_ms = record.timings.total_ms = elapsedMs(world, startedMs);
    call.close(body);
  }

  return {
    callId: call.id,
    succeed({ status, facts, text, mediaType }) {
      log.status = record.status = status;
      log.first_byte_ms = elapsedMs(world, startedMs);
      record.outcome = "ok";
      record.answer = {
        target: id,
        vendor: vendor.name,
        model: facts.model ?? model,
        response_id: facts.response_id,
        finish_reason: facts.finish_reason,
      };
      if (facts.usage) {
        const { input, output, cache_read, cache_write, reasoning } = facts.usage;
        record.tokens = { input, output, cache_read, cache_write, reasoning, source: "vendor" };
        record.cost = providers.price({ vendor: vendor.name, model }, facts.usage);
      }
      close({ media_type: mediaType, content: text });
    },
    fail({ code, message, status, params }) {
      if (isClosed) return;
      log.outcome = "error";
      log.error = record.error = { code, message };
      log.status = typeof params["status"] === "number" ? params["status"] : null;
      record.status = status;
      close();
    },
  };
}
