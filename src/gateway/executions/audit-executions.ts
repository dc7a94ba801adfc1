// Each call on the audit trail: who asked, which model answered, what was said by hash, which tools were called, and what allowed
// it. Noted while its record is in memory on its way to PostgreSQL; added in the background, each once, many with one entry.
import type { Audit, AuditConfig, AuditEntry, ExecutedCall } from "../../audit/index.ts";
import type { Log } from "../../kernel/index.ts";
import type { CallRecord, Ledger, NotedCall } from "../../ledger/index.ts";
import { type DialectName, readConversation } from "../../providers/index.ts";
import { createFollower, type Storage } from "../../storage/index.ts";

export interface AuditExecutions {
  start(): Promise<void>;
  close(): Promise<void>;
}

interface ExecutionsDeps {
  audit: Pick<Audit, "noteOfCall" | "addCalls">;
  ledger: Pick<Ledger, "following">;
  storage: Pick<Storage, "isAvailable">;
  world: { log: Pick<Log, "warn"> };
}

const NAME = "audit";
const TOOL_CALLS_MAX = 64;

export function createAuditExecutions(
  { enabled, interval }: AuditConfig["executions"],
  { audit, ledger: { following }, storage, world }: ExecutionsDeps,
): AuditExecutions {
  let isClosing = false;
  const follower = createFollower(
    { intervalMs: interval, isAvailable: storage.isAvailable, log: world.log, what: "calls for the audit trail" },
    async () => {
      let isMore = true;
      while (isMore && !isClosing) isMore = await following.takeNext(NAME, audit.addCalls);
    },
  );
  return {
    async start() {
      if (!enabled) return following.unfollow(NAME);
      await following.follow(NAME, (call) => audit.noteOfCall(entryOfCall(call)));
      await follower.start();
    },
    async close() {
      isClosing = true;
      await follower.close();
    },
  };
}

const OUTCOMES: Partial<Record<CallRecord["outcome"], AuditEntry["outcome"]>> = { ok: "ok", refused: "refused" };

/** Under the call's own id, so that one leads to the other. Details are in the order of canonical JSON. */
export function entryOfCall({ record, json, request, response }: NotedCall): ExecutedCall {
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
      error: record.error?.code ?? null,
      finish_reason: answer?.finish_reason ?? null,
      guardrails: record.guardrails.map(({ name, outcome }) => ({ name, outcome })),
      model: record.model,
      model_version: answer?.model ?? null,
      outcome: record.outcome,
      project: who.project,
      prompt: prompt ? { id: prompt.id, sha256: prompt.hash, version: prompt.version } : null,
      record: sha256Of(json),
      request: hashesOf(bodies.request),
      response: hashesOf(bodies.response),
      response_id: answer?.response_id ?? null,
      route: record.route.name,
      status: record.status,
      team: who.team,
      tool_calls: toolCallsIn(record, request, response),
      vendor: answer?.vendor ?? null,
    },
    ...(session !== null && {
      personal: { session },
      subject: who.user === null ? `key:${who.key_id}` : `user:${who.user}`,
    }),
  };
}

const sha256Of = (bytes: Uint8Array | string): string => Bun.CryptoHasher.hash("sha256", bytes, "hex");

function hashesOf(body: CallRecord["bodies"]["request"]) {
  if (body === null) return null;
  // What was cut is told by both sizes: then the hash is that of its beginning.
  return { hashed_bytes: body.stored_bytes, sha256: body.hash, size_bytes: body.size_bytes };
}

/** By name, and their arguments by hash. */
function toolCallsIn(
  { dialect, model, stream, bodies, operation, answer }: CallRecord,
  request: Uint8Array | null,
  response: Uint8Array | null,
): { arguments_sha256: string; name: string }[] {
  const callsTools = answer?.finish_reason?.toLowerCase().includes("tool") === true;
  if (response === null || operation !== "chat" || !callsTools) return [];
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
    arguments_sha256: sha256Of(said),
    name,
  }));
}
