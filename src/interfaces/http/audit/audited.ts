// What the control plane does is on the audit trail: each change under the name of who asked for it, each refusal, and each
// reading of bodies. Rooms that tell of a change themselves do so in its transaction; what they do not tell is told here.
import type { Acting, Actor, Audit, AuditEntry, JsonValue } from "../../../audit/index.ts";
import type { Principal } from "../../../governance/index.ts";
import { isAppError, newId, toAppError } from "../../../kernel/index.ts";

export type AuditDoor = Pick<Audit, "during" | "note" | "tell">;

const UNKNOWN: Actor = { kind: "unknown", id: "", name: "", organisation: "default" };

/** Routes that answer with what callers and models said, in full. */
const READS_BODIES: ReadonlySet<string> = new Set(["calls.get", "records.get"]);
/** Written as changes by HTTP, and change nothing. */
const CHANGES_NOTHING: ReadonlySet<string> = new Set(["routes.explain"]);

export const actorOf = ({ kind, keyId, keyName, organisation }: Principal): Actor => ({
  kind,
  id: keyId,
  name: keyName,
  organisation,
});

export interface AuditedRoute {
  /** Of the contract: `keys.create`. */
  name: string;
  method: string;
  input: unknown;
}

/** Does it change something, as far as the trail is concerned? */
export const isChange = ({ name, method }: Pick<AuditedRoute, "name" | "method">): boolean =>
  method !== "GET" && !CHANGES_NOTHING.has(name);

/** Answers the request as `work` does, under the name that `work` gives to `acting` as soon as it knows it. */
export function withAudit<Result>(
  audit: AuditDoor,
  route: AuditedRoute,
  work: (acting: Acting) => Promise<Result>,
): Promise<Result> {
  const acting: Acting = { actor: UNKNOWN, request_id: newId(), entries: 0 };
  return audit.during(acting, async () => {
    try {
      const result = await work(acting);
      if (isChange(route) && acting.entries === 0) await noteOrTell(audit, entryOf(route, "ok"));
      if (READS_BODIES.has(route.name) && hasBodies(result))
        await noteOrTell(audit, { ...entryOf(route, "ok"), action: "bodies.read" });
      return result;
    } catch (error) {
      tellFailure(audit, route, error);
      throw error;
    }
  });
}

/** While the database is away the entry waits in memory: what happened cannot be taken back, and what is in memory can be read. */
export async function noteOrTell(audit: Pick<AuditDoor, "note" | "tell">, entry: AuditEntry): Promise<void> {
  try {
    await audit.note(entry);
  } catch {
    audit.tell(entry);
  }
}

function tellFailure(audit: AuditDoor, route: AuditedRoute, error: unknown): void {
  const { status, code } = statusOf(error);
  // Whoever could not be identified is told of where that was found out.
  if (status === 401 && code.startsWith("governance.")) return;
  if (status === 401 || status === 403)
    audit.tell({ ...entryOf(route, "refused"), details: { route: route.name, code } });
  else if (isChange(route)) audit.tell({ ...entryOf(route, "failed"), details: { route: route.name, code } });
}

/** The library behind the contracts has errors of its own, for bad input. */
function statusOf(error: unknown): { status: number; code: string } {
  if (isAppError(error)) return error;
  const { status, code }: { status?: unknown; code?: unknown } =
    typeof error === "object" && error !== null ? { ...error } : {};
  return typeof status === "number" && typeof code === "string" ? { status, code } : toAppError(error);
}

function entryOf({ name, input }: AuditedRoute, outcome: AuditEntry["outcome"]): AuditEntry {
  const type = name.split(".").slice(0, -1).join(".") || name;
  return { action: name, resource: { type, id: idIn(input) }, outcome, details: { route: name } };
}

/** What a request is about, where it says so by a name of its own. Nothing else of it is kept here: it may hold anything. */
function idIn(input: unknown): string {
  const fields = fieldsOf(input);
  const found = [fields, fieldsOf(fields["params"])].flatMap((each) => [each["id"], each["name"], each["subject"]]);
  const id: JsonValue | undefined = found.find((each) => typeof each === "string");
  return typeof id === "string" ? id : "";
}

function hasBodies(result: unknown): boolean {
  const output = fieldsOf(fieldsOf(result)["output"] ?? result);
  return [output["request_body"], output["response_body"]].some((body) => body !== null && body !== undefined);
}

function fieldsOf(value: unknown): Record<string, JsonValue> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
