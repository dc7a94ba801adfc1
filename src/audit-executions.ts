// An entry on the audit trail for each call: who asked, which model answered, what was said by hash, which tools were called, and
// what allowed it. Made from the record, in the background, each once.
import { createHash } from "node:crypto";
import type { Audit, AuditEntry } from "./audit/index.ts";
import type { AppConfig } from "./app-config.ts";
import type { Log } from "./kernel/index.ts";
import type { CallRecord, FollowedCall, Ledger } from "./ledger/index.ts";
import { type DialectName, readConversation } from "./providers/index.ts";
import { createFollower, type Storage } from "./storage/index.ts";

export interface AuditExecutions {
  start(): Promise<void>;
  close(): Promise<void>;
}

interface ExecutionsDeps {
  audit: Pick<Audit, "recordAll">;
  ledger: Pick<Ledger, "following">;
  storage: Pick<Storage, "isAvailable">;
  world: { log: Pick<Log, "warn"> };
}

const NAME = "audit";
const TOOL_CALLS_MAX = 64;

export function createAuditExecutions(
  { enabled, interval }: AppConfig["audit"]["executions"],
  { audit, ledger: { following }, storage, world }: ExecutionsDeps,
): AuditExecutions {
  let isClosing = false;
  const follower = createFollower(
    { intervalMs: interval, isAvailable: storage.isAvailable, log: world.log, what: "calls for the audit trail" },
    async () => {
      let isMore = true;
      while (isMore && !isClosing)
        isMore = await following.takeNext(NAME, (transaction, calls) =>
          audit.recordAll(transaction, calls.map(entryOfCall)),
        );
    },
  );
  return {
    async start() {
      if (!enabled) return following.unfollow(NAME);
      await following.follow(NAME);
      await follower.start();
    },
    async close() {
      isClosing = true;
      await follower.close();
    },
  };
}

const OUTCOMES: Partial<Record<CallRecord["outcome"], AuditEntry["outcome"]>> = { ok: "ok", refused: "refused" };

/** Under the call's own id, so that one leads to the other. */
export function entryOfCall({ record, request, response }: FollowedCall): AuditEntry & { id: string } {
  const { who, authority, answer, bodies, prompt, session } = record;
  return {
    id: record.id,
    at_ms: record.started_at_ms + Math.round(record.timings.total_ms),
    action: record.operation === "chat" ? "call" : `call.${record.operation}`,
    actor: { kind: "key", id: who.key_id, name: who.key_name, organisation: "default" },
    on_behalf_of: who.user ?? undefined,
    resource: { type: "model", id: answer?.target ?? record.model },
    outcome: OUTCOMES[record.outcome] ?? "failed",
    policies: [`${authority.policy}:${authority.rule}`],
    request_id: record.trace_id,
    details: {
      model: record.model,
      model_version: answer?.model ?? null,
      vendor: answer?.vendor ?? null,
      response_id: answer?.response_id ?? null,
      route: record.route.name,
      prompt: prompt ? { id: prompt.id, version: prompt.version, sha256: prompt.hash } : null,
      request: hashesOf(bodies.request),
      response: hashesOf(bodies.response),
      tool_calls: toolCallsIn(record, request, response),
      guardrails: record.guardrails.map(({ name, outcome }) => ({ name, outcome })),
      finish_reason: answer?.finish_reason ?? null,
      status: record.status,
      outcome: record.outcome,
      error: record.error?.code ?? null,
      team: who.team,
      project: who.project,
    },
    ...(session !== null && {
      personal: { session },
      subject: who.user === null ? `key:${who.key_id}` : `user:${who.user}`,
    }),
  };
}

function hashesOf(body: CallRecord["bodies"]["request"]) {
  if (body === null) return null;
  // What was cut is told by both sizes: then the hash is that of its beginning.
  return { sha256: body.hash, size_bytes: body.size_bytes, hashed_bytes: body.stored_bytes };
}

/** By name, and their arguments by hash. */
function toolCallsIn(
  { dialect, model, stream, bodies, operation }: CallRecord,
  request: Uint8Array | null,
  response: Uint8Array | null,
): { name: string; arguments_sha256: string }[] {
  if (response === null || operation !== "chat") return [];
  const messages = readConversation({
    dialect: dialect as DialectName,
    model,
    stream,
    request: request ? Buffer.from(request).toString("utf8") : undefined,
    response,
    mediaType: bodies.response?.media_type,
  });
  const calls = messages.at(-1)?.tool_calls ?? [];
  return calls.slice(0, TOOL_CALLS_MAX).map(({ name, arguments: said }) => ({
    name,
    arguments_sha256: createHash("sha256").update(said).digest("hex"),
  }));
}
