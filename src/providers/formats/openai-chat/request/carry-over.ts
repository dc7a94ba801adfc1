// What another dialect's request can keep in this one: everything that chat-completions has words for. The rest is named,
// with the reason, so that the caller can be told.
import type { ChatRequest, Message, Part, Reasoning, ToolDefinition } from "../../../contract.ts";
import type { Dropped } from "../../dialect.ts";
import { definedOnly } from "../../fields.ts";

const NO_WORD = "chat-completions has no word for it";
const SEALED = "reasoning sealed by one vendor means nothing to another";

/** The same request, without what cannot be said. One that came in this dialect comes back as it is. */
export function carryOver(request: ChatRequest): { request: ChatRequest; dropped: Dropped[] } {
  if (request.dialect === "openai-chat") return { request, dropped: [] };
  const dropped: Dropped[] = [];
  const drop = (what: string, why: string): void => void dropped.push({ what, why });
  const { extra, top_k: topK, metadata, service_tier: tier, reasoning, ...kept } = request;
  for (const name of Object.keys(extra ?? {})) drop(name, NO_WORD);
  if (topK !== undefined) drop("top_k", NO_WORD);
  if (metadata !== undefined) drop("metadata", "it is for answers that the vendor keeps, and most keep none");
  if (tier !== undefined && tier !== "auto") drop("service_tier", "each vendor has tiers of its own");
  const carried = definedOnly<ChatRequest>({
    ...kept,
    messages: request.messages.flatMap((message, index) => carryMessage(message, `messages.${index}`, drop)),
    tools: request.tools?.flatMap((tool, index) => carryTool(tool, `tools.${index}`, drop)),
    reasoning: carryReasoning(reasoning, drop),
  });
  if (carried.tools?.length === 0) delete carried.tools;
  return { request: carried, dropped };
}

type Drop = (what: string, why: string) => void;

function carryMessage(message: Message, path: string, drop: Drop): Message[] {
  const { extra, is_error: isError, ...kept } = message;
  for (const name of Object.keys(extra ?? {})) drop(`${path}.${name}`, NO_WORD);
  if (isError) drop(`${path}.is_error`, NO_WORD);
  const parts = message.parts.flatMap((part, index) => carryPart(part, `${path}.parts.${index}`, drop));
  const pictures = message.role === "tool" ? parts.filter(({ type }) => type !== "text") : [];
  const carried: Message = { ...kept, parts: parts.filter((part) => !pictures.includes(part)) };
  if (kept.tool_calls)
    carried.tool_calls = kept.tool_calls.map(({ id, name, arguments: text }) => ({ id, name, arguments: text }));
  if (carried.role === "tool" && carried.parts.length === 0) carried.parts = [{ type: "text", text: "" }];
  const isSilent = carried.parts.length === 0 && !carried.tool_calls?.length;
  // A tool's answer is text here; what else it gave is shown by the user.
  return [...(isSilent ? [] : [carried]), ...(pictures.length > 0 ? [{ role: "user" as const, parts: pictures }] : [])];
}

function carryPart(part: Part, path: string, drop: Drop): Part[] {
  if ("extra" in part && part.type !== "other")
    for (const name of Object.keys(part.extra ?? {})) drop(`${path}.${name}`, NO_WORD);
  switch (part.type) {
    case "text":
      // A mark for a cache saves money and says nothing: vendors of this dialect find what repeats by themselves.
      return part.text === "" ? [] : [{ type: "text", text: part.text }];
    case "refusal":
      return [{ type: "refusal", text: part.text }];
    case "image":
      if (part.url !== "") return [definedOnly<Part>({ type: "image", url: part.url, detail: part.detail })];
      drop(path, "a file kept at another vendor cannot be shown");
      return [];
    case "audio":
      return [{ type: "audio", data: part.data, format: part.format }];
    case "file":
      return carryFile(part, path, drop);
    case "reasoning":
      if (part.signature !== undefined || part.redacted !== undefined || part.text === "") {
        drop(path, SEALED);
        return [];
      }
      return [{ type: "reasoning", text: part.text }];
    default:
      drop(path, NO_WORD);
      return [];
  }
}

function carryFile(part: Extract<Part, { type: "file" }>, path: string, drop: Drop): Part[] {
  if (part.media_type === "text/plain" && part.data !== undefined) {
    const text = part.data.startsWith("data:")
      ? Buffer.from(part.data.slice(part.data.indexOf(",") + 1), "base64").toString()
      : part.data;
    return [{ type: "text", text }];
  }
  if (part.data === undefined) {
    drop(
      path,
      part.url === undefined
        ? "a file kept at another vendor cannot be shown"
        : "files go by their content here, not by address",
    );
    return [];
  }
  const data = part.data.startsWith("data:")
    ? part.data
    : `data:${part.media_type ?? "application/pdf"};base64,${part.data}`;
  return [{ type: "file", filename: part.filename ?? "document.pdf", data }];
}

function carryTool(tool: ToolDefinition, path: string, drop: Drop): ToolDefinition[] {
  if (tool.server || (tool.extra && "type" in tool.extra)) {
    drop(path, "it runs at another vendor");
    return [];
  }
  for (const name of Object.keys(tool.extra ?? {})) drop(`${path}.${name}`, NO_WORD);
  const { extra: _, cache: __, ...kept } = tool;
  return [kept];
}

/** About what the vendors' own guides compare: effort in words for a budget in tokens. */
const EFFORTS = [
  { fromTokens: 16_000, effort: "high" },
  { fromTokens: 4000, effort: "medium" },
  { fromTokens: 0, effort: "low" },
] as const;

function carryReasoning(reasoning: Reasoning | undefined, drop: Drop): Reasoning | undefined {
  if (!reasoning) return undefined;
  const { effort, budget_tokens: budget, disabled, summary } = reasoning;
  if (summary !== undefined) drop("reasoning.summary", NO_WORD);
  if (effort !== undefined) return { effort };
  // Models that do not reason refuse the word altogether.
  if (disabled) drop("reasoning", "most vendors of this dialect have no word for not reasoning");
  // A negative budget is Gemini's and Ollama's word for as much as it takes, which the vendor best knows.
  if (disabled || budget === undefined || budget < 0) return undefined;
  return { effort: EFFORTS.find(({ fromTokens }) => budget >= fromTokens)?.effort ?? "low" };
}
