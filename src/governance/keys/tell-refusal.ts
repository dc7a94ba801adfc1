// A credential that does not hold is on the audit trail, under the id that was shown; what could not be decided is no refusal.
import type { AuditWriter } from "../../audit/index.ts";
import { isAppError } from "../../kernel/index.ts";
import { OWN_ORGANISATION } from "../../policy/index.ts";
import { parseKey } from "./key-format.ts";

/** Gives the error back. */
export function tellRefusal(audit: Pick<AuditWriter, "tell">, error: unknown, id: string): unknown {
  if (!isAppError(error) || (error.status !== 401 && error.status !== 403)) return error;
  audit.tell({
    action: "identify",
    actor: { kind: "unknown", id, name: "", organisation: OWN_ORGANISATION },
    resource: { type: "installation", id: "" },
    outcome: "refused",
    details: { code: error.code },
  });
  return error;
}

/** The id in a key's text; empty where there is none. */
export function shownIn(text: string | undefined): string {
  const parsed = text === undefined ? undefined : parseKey(text);
  return parsed && "id" in parsed ? parsed.id : "";
}
