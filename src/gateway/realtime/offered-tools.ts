// Tools that a caller offers on a connection, whenever it does so: each is asked for as a call's are. What a policy demands for one
// cannot be kept where nobody looks at what is said, so such a tool may not be offered here either.
import type { Frame } from "../../kernel/index.ts";
import type { Governance, Refusal } from "../../governance/index.ts";
import { readRealtimeEvent } from "../../providers/index.ts";
import { gatewayErrors } from "../errors.ts";
import type { IncomingConnection } from "./incoming-connection.ts";
import type { ConnectionRecords } from "./open-records.ts";

/** Throws `gateway.tool_forbidden`, which is on record then. */
export type CheckTools = (frame: Frame) => void;

/** By their name, or letters written as escapes, which may be their name. */
const SPEAKS_OF_TOOLS = /"tools"|\\u00[4-7]/;
/** A tool whose name cannot be read: a policy about names does not know it, one about all tools does. */
const UNREADABLE = "?";

export function createCheckTools(
  { tools }: Pick<Governance, "tools">,
  { principal, header }: Pick<IncomingConnection, "principal" | "header">,
  records: Pick<ConnectionRecords, "turnDown">,
): CheckTools {
  return (frame) => {
    const text = typeof frame === "string" ? frame : Buffer.from(frame).toString();
    if (!SPEAKS_OF_TOOLS.test(text)) return;
    const decide = tools(principal, header);
    if (!decide) return;
    for (const tool of toolsIn(text)) {
      const { refusal, obligations } = decide(tool);
      const refused = refusal ?? unkept(obligations);
      if (!refused) continue;
      const error = gatewayErrors.tool_forbidden({ key: principal.keyId, tool, ...refused });
      records.turnDown(error);
      throw error;
    }
  };
}

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
