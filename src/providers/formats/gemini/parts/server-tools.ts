// Tools that ran at Google, both directions: code (`executableCode`, `codeExecutionResult`), and searches and look-ups (`toolCall`,
// `toolResponse`), which are named by their type in small letters: `file_search`.
import type { Extra, Part } from "../../../contract.ts";
import { definedOnly, isObject, textOf } from "../../fields.ts";
import { idForVendor, makeCallId } from "./call-ids.ts";

const CODE = "code_execution";
const TOOLS = new Set([
  "google_search_web",
  "google_search_image",
  "url_context",
  "google_maps",
  "file_search",
  "media_processing",
]);

export const SERVER_TOOL_KEYS = ["executableCode", "codeExecutionResult", "toolCall", "toolResponse"] as const;
export type ServerToolKey = (typeof SERVER_TOOL_KEYS)[number];

/** Counts the runs of code, for those without an id. `place` is where they stand: the answer's id, or `code`. */
export interface Runs {
  place: string;
  count: number;
}

/** `said` is what stands under `key`; `extra` what stands beside it. */
export function readServerTool(
  key: ServerToolKey,
  said: Extra,
  { extra, runs }: { extra: Extra | undefined; runs: Runs },
): Part {
  if (key === "executableCode") runs.count += 1;
  const id = textOf(said["id"]) || makeCallId(runs.place, "run", runs.count);
  switch (key) {
    case "executableCode":
      return withExtra({ type: "server_tool_call", id, name: CODE, input: without(said, ["id"]) }, extra);
    case "codeExecutionResult":
      return withExtra({ type: "server_tool_result", call_id: id, name: CODE, content: without(said, ["id"]) }, extra);
    case "toolCall": {
      const rest = without(said, ["id", "toolType", "args"]);
      const input = said["args"] ?? {};
      return withExtra({ type: "server_tool_call", id, name: nameOf(said), input }, inner(key, rest, extra));
    }
    case "toolResponse": {
      const rest = without(said, ["id", "toolType", "response"]);
      const content = said["response"] ?? {};
      return withExtra(
        { type: "server_tool_result", call_id: id, name: nameOf(said), content },
        inner(key, rest, extra),
      );
    }
  }
}

/** The part as Google says it; undefined where it ran elsewhere. */
export function writeServerTool(
  part: Extract<Part, { type: "server_tool_call" | "server_tool_result" }>,
): Extra | undefined {
  const { toolCall, toolResponse, ...outer } = part.extra ?? {};
  // Other dialects say by a type what it is.
  if ("type" in outer) return undefined;
  const isCall = part.type === "server_tool_call";
  const said = isCall ? part.input : part.content;
  const id = idForVendor(isCall ? part.id : part.call_id);
  if (part.name === CODE)
    return isObject(said)
      ? { [isCall ? "executableCode" : "codeExecutionResult"]: { ...said, ...id }, ...outer }
      : undefined;
  if (!TOOLS.has(part.name)) return undefined;
  const head = definedOnly<Extra>({ ...id, toolType: part.name.toUpperCase() });
  return isCall
    ? { toolCall: { ...head, ...named("args", said), ...(toolCall as Extra) }, ...outer }
    : { toolResponse: { ...head, ...named("response", said), ...(toolResponse as Extra) }, ...outer };
}

/** Google keeps most of it to itself. */
function named(name: string, said: unknown): Extra {
  return isObject(said) && Object.keys(said).length === 0 ? {} : { [name]: said };
}

function nameOf(said: Extra): string {
  return textOf(said["toolType"]).toLowerCase();
}

function inner(key: string, rest: Extra, extra: Extra | undefined): Extra | undefined {
  return Object.keys(rest).length > 0 ? { ...extra, [key]: rest } : extra;
}

function without(said: Extra, names: string[]): Extra {
  return Object.fromEntries(Object.entries(said).filter(([name]) => !names.includes(name)));
}

function withExtra(part: Part, extra: Extra | undefined): Part {
  return extra ? ({ ...part, extra } as Part) : part;
}
