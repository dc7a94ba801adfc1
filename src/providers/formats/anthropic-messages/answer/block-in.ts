// The blocks of an answer for a caller, as events of Anthropic's stream: each is started and stopped before the next one.
// Calls that another vendor makes at the same time wait for one another.
import type { ChatEvent, Citation, Extra, Part } from "../../../contract.ts";
import { textOf } from "../../fields.ts";
import { writeCitation } from "../citations.ts";
import { createObjectEnd, type ObjectEnd } from "./object-end.ts";

/** An event of Anthropic's stream; its `type` is its name. */
export type AnthropicEvent = { type: string } & Extra;

interface PendingCall {
  /** The caller's number for it. */
  number: number;
  block: Extra;
  arguments: string;
  end: ObjectEnd;
}

type Open =
  | { kind: "text"; isCited: boolean }
  | { kind: "thinking"; signature: string }
  | ({ kind: "call" } & PendingCall);

export interface Blocks {
  events: AnthropicEvent[];
  /** The number of the last block that has started. */
  index: number;
  open: Open | undefined;
  /** Calls that began while another's arguments were still to come. */
  waiting: PendingCall[];
}

export function noBlocks(): Blocks {
  return { events: [], index: -1, open: undefined, waiting: [] };
}

export function addText(blocks: Blocks, text: string): void {
  if (text === "") return;
  // What follows a citation does not rest on it.
  if (blocks.open?.kind !== "text" || blocks.open.isCited) {
    stopBlocks(blocks);
    startBlock(blocks, { type: "text", text: "" });
    blocks.open = { kind: "text", isCited: false };
  }
  pushDelta(blocks, { type: "text_delta", text });
}

/** False where Anthropic has no such citation, or there is no text that it could be of. */
export function addCitation(blocks: Blocks, citation: Citation): boolean {
  const written = writeCitation(citation);
  if (blocks.open?.kind !== "text" || !written) return false;
  blocks.open.isCited = true;
  pushDelta(blocks, { type: "citations_delta", citation: written });
  return true;
}

export function addThinking(blocks: Blocks, text: string): void {
  if (blocks.open?.kind !== "thinking" || blocks.open.signature !== "") startThinking(blocks);
  if (text !== "") pushDelta(blocks, { type: "thinking_delta", thinking: text });
}

/** The seal on the thinking so far. It is said when its block stops: a vendor may give it in pieces. */
export function sealThinking(blocks: Blocks, signature: string): void {
  const open = blocks.open?.kind === "thinking" ? blocks.open : startThinking(blocks);
  open.signature += signature;
}

function startThinking(blocks: Blocks): { signature: string } {
  stopBlocks(blocks);
  startBlock(blocks, { type: "thinking", thinking: "", signature: "" });
  const open = { kind: "thinking" as const, signature: "" };
  blocks.open = open;
  return open;
}

/** A block that comes whole. What a tool is asked follows the block's start, as Anthropic says it. */
export function addBlock(blocks: Blocks, block: Extra): void {
  const { input } = block;
  stopBlocks(blocks);
  startBlock(blocks, input === undefined ? block : { ...block, input: {} });
  if (input !== undefined) pushDelta(blocks, { type: "input_json_delta", partial_json: JSON.stringify(input) });
  blocks.events.push({ type: "content_block_stop", index: blocks.index });
}

/** The block for a part that comes whole; undefined where Anthropic has none. */
export function blockFromPart(part: Part): Extra | undefined {
  const kind = "extra" in part ? textOf(part.extra?.["type"]) : "";
  switch (part.type) {
    case "reasoning":
      return { type: "redacted_thinking", data: part.redacted ?? "", ...part.extra };
    case "server_tool_call":
      // Another vendor's tools, and what they gave, have no such type: their results would mean nothing here.
      return kind === "" ? undefined : { id: part.id, name: part.name, input: part.input, ...part.extra };
    case "server_tool_result":
      return kind === "" ? undefined : { tool_use_id: part.call_id, content: part.content, ...part.extra };
    case "other":
      return OWN_BLOCKS.has(kind) ? part.extra : undefined;
    default:
      return undefined;
  }
}

/** Blocks of Anthropic's own that the canonical model has no word for. */
const OWN_BLOCKS = new Set(["container_upload", "compaction", "fallback", "mcp_tool_listing"]);

export function addCall(blocks: Blocks, number: number, block: Extra): void {
  const call = { number, block, arguments: "", end: createObjectEnd() };
  if (blocks.open?.kind !== "call") return startCall(blocks, call);
  blocks.waiting.push(call);
  advance(blocks);
}

/** False where the call has ended already, or never began. */
export function addArguments(blocks: Blocks, number: number, text: string): boolean {
  if (blocks.open?.kind === "call" && blocks.open.number === number) {
    blocks.open.arguments += text;
    if (text !== "") pushDelta(blocks, { type: "input_json_delta", partial_json: text });
    advance(blocks);
    return true;
  }
  const call = blocks.waiting.find((each) => each.number === number);
  if (call) call.arguments += text;
  return call !== undefined;
}

type EventOf<T extends ChatEvent["type"]> = Extract<ChatEvent, { type: T }>;

/** `extra` is Anthropic's own, or nothing. */
export function callBlock({ id, name }: EventOf<"tool_call_start">, extra: Extra): Extra {
  return { type: "tool_use", id, name, input: {}, ...extra };
}

function startCall(blocks: Blocks, call: PendingCall): void {
  stopBlock(blocks);
  startBlock(blocks, call.block);
  blocks.open = { kind: "call", ...call };
  if (call.arguments !== "") pushDelta(blocks, { type: "input_json_delta", partial_json: call.arguments });
}

/** Goes on with the next call as soon as the arguments of the open one are whole. */
function advance(blocks: Blocks): void {
  while (
    blocks.waiting.length > 0 &&
    blocks.open?.kind === "call" &&
    blocks.open.end.isReached(blocks.open.arguments)
  ) {
    const next = blocks.waiting.shift();
    if (next) startCall(blocks, next);
  }
}

/** Stops what is open, the calls that wait behind it included. */
export function stopBlocks(blocks: Blocks): void {
  stopBlock(blocks);
  for (let call = blocks.waiting.shift(); call; call = blocks.waiting.shift()) {
    startCall(blocks, call);
    stopBlock(blocks);
  }
}

function startBlock(blocks: Blocks, block: Extra): void {
  blocks.index += 1;
  blocks.events.push({ type: "content_block_start", index: blocks.index, content_block: block });
}

function stopBlock(blocks: Blocks): void {
  const { open, index } = blocks;
  if (open?.kind === "thinking" && open.signature !== "")
    pushDelta(blocks, { type: "signature_delta", signature: open.signature });
  if (open) blocks.events.push({ type: "content_block_stop", index });
  blocks.open = undefined;
}

function pushDelta(blocks: Blocks, delta: Extra): void {
  blocks.events.push({ type: "content_block_delta", index: blocks.index, delta });
}
