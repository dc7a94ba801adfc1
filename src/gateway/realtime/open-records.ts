// Opens the records of one connection: what they all say alike (who, which route, which target), and the refusal of a
// connection that never came to be.
import { refusedBy } from "../admit-call.ts";
import { type AppError, elapsedMs, newId, newTraceId, type World } from "../../kernel/index.ts";
import { type Admission, ofOrganisation } from "../../governance/index.ts";
import type { Attempt } from "../../ledger/contract.ts";
import type { Ledger, OpenCall } from "../../ledger/index.ts";
import type { Plan } from "../routing/plan-shape.ts";
import type { IncomingConnection } from "./incoming-connection.ts";

export interface ConnectionRecords {
  /** The connection's own, and of its records the session, unless the caller named one. */
  readonly id: string;
  admitted(admission: Admission): void;
  planned(plan: Plan): void;
  /** A try that failed. It stands on the next record. */
  tried(attempt: Attempt): void;
  /** Throws as `Ledger.open` does. */
  open(request: string): OpenCall;
  /** The tries that stand on the next record that closes, each once; this one is the last. */
  attemptsUpTo(attempt: Attempt): Attempt[];
  /** Puts a connection on record that was refused, and the record's id into the error. */
  refuse(error: AppError): void;
  /** The same of something that was asked for on a connection that stands. */
  turnDown(error: AppError): void;
}

export function createConnectionRecords(
  incoming: IncomingConnection,
  { ledger, world }: { ledger: Ledger; world: World },
): ConnectionRecords {
  const id = newId();
  const { principal, trace } = incoming;
  const traceId = trace.traceId ?? newTraceId();
  let authority: Admission["authority"] | undefined;
  let plan: Plan | undefined;
  let failed: Attempt[] = [];

  function open(request: string): OpenCall {
    const call = ledger.open({
      model: incoming.model,
      operation: "realtime",
      dialect: "openai-realtime",
      stream: true,
      who: {
        key_id: principal.keyId,
        key_name: principal.keyName,
        user: trace.user ?? principal.user,
        team: principal.team,
        project: principal.project,
        tags: trace.tags,
        ...ofOrganisation(principal),
      },
      trace_id: traceId,
      parent_span_id: trace.parentSpanId,
      session: trace.session ?? id,
      request: { media_type: "application/x-ndjson", content: request },
    });
    if (authority) call.record.authority = authority;
    if (plan) Object.assign(call.record, { route: plan.route, considered: plan.considered });
    return call;
  }

  function closeRefused(error: AppError, attempts: Attempt[]): void {
    const call = open("");
    error.params["callId"] = call.id;
    call.record.authority = refusedBy(error) ?? call.record.authority;
    call.record.attempts = attempts;
    call.record.timings.total_ms = elapsedMs(world, incoming.startedMs);
    call.record.outcome = attempts.length === 0 ? "refused" : "failed";
    call.record.status = error.status;
    call.record.error = { code: error.code, message: error.message };
    call.close();
  }

  return {
    id,
    admitted: (admission) => void (authority = admission.authority),
    planned: (planned) => void (plan = planned),
    tried: (attempt) => void failed.push(attempt),
    open,
    attemptsUpTo(attempt) {
      const attempts = [...failed, attempt];
      failed = [];
      return attempts;
    },
    refuse: (error) => closeRefused(error, failed),
    turnDown: (error) => closeRefused(error, []),
  };
}
