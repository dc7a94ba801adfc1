// Tools that a caller offers on a connection, whenever it does so: each is asked for as a call's are, and none may be switched off.
// What a policy demands for one cannot be kept where nobody looks at what is said, so such a tool may not be offered here either.
import type { AppError, Frame } from "../../kernel/index.ts";
import type { Governance, Refusal } from "../../governance/index.ts";
import { readRealtimeEvent } from "../../providers/index.ts";
import { gatewayErrors } from "../errors.ts";
import type { IncomingConnection } from "./incoming-connection.ts";
import type { ConnectionRecords } from "./open-records.ts";

export interface OfferedTools {
  /** Throws `gateway.tool_forbidden` or `governance.switched_off`, which is on record then. */
  check(frame: Frame): void;
  /** All that were offered so far. */
  names(): readonly string[];
}

/** By their name, or letters written as escapes, which may be their name. */
const SPEAKS_OF_TOOLS = /"tools"|\\u00[4-7]/;
/** A tool whose name cannot be read: a policy about names does not know it, one about all tools does. */
const UNREADABLE = "?";
/** Far more than a model makes sense of. */
const NAMES_MAX = 1000;

export function createOfferedTools(
  { tools, switches }: Pick<Governance, "tools"> & { switches: Pick<Governance["switches"], "thrown"> },
  { principal, header }: Pick<IncomingConnection, "principal" | "header">,
  records: Pick<ConnectionRecords, "turnDown">,
): OfferedTools {
  const offered = new Set<string>();

  function refusalOf(found: readonly string[]): AppError | undefined {
    const decide = tools(principal, header);
    for (const tool of found) {
      offered.add(tool);
      const decision = decide?.(tool);
      const refused =
        (offered.size > NAMES_MAX && TOO_MANY) || decision?.refusal || unkept(decision?.obligations ?? []);
      if (refused) return gatewayErrors.tool_forbidden({ key: principal.keyId, tool, ...refused });
    }
    return switches.thrown?.ofCall({ tools: () => found });
  }

  return {
    check(frame) {
      const text = typeof frame === "string" ? frame : Buffer.from(frame).toString();
      const found = SPEAKS_OF_TOOLS.test(text) ? toolsIn(text) : [];
      const error = found.length > 0 ? refusalOf(found) : undefined;
      if (!error) return;
      records.turnDown(error);
      throw error;
    },
    names: () => [...offered],
  };
}

const TOO_MANY: Refusal = { policy: "none", why: `a connection offers at most ${NAMES_MAX} tools` };

function unkept(obligations: readonly string[]): Refusal | undefined {
  if (obligations.length === 0) return undefined;
  return { policy: "none", why: `it is allowed under ${obligations.join(", ")}, and a connection is not looked at` };
}

/** Of the session, a response, or whatever else an event has them in. */
function toolsIn(text: string): string[] {
  return Object.values(readRealtimeEvent(text)).flatMap((part) =>
    typeof part === "object" && part !== null && "tools" in part ? namesOf(part.tools) : [],
  );
}

function namesOf(tools: unknown): string[] {
  if (!Array.isArray(tools)) return tools === undefined || tools === null ? [] : [UNREADABLE];
  return tools.map((tool: unknown) =>
    typeof tool === "object" && tool !== null && "name" in tool && typeof tool.name === "string"
      ? tool.name
      : UNREADABLE,
  );
}
