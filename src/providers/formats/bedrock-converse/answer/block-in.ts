// The blocks of an answer for a caller, as events of Converse's stream: each is stopped before the next one begins. Calls that
// another vendor makes at the same time wait for one another.
import type { Citation, Extra } from "../../../contract.ts";
import { createObjectEnd, type ObjectEnd } from "../../anthropic-messages/answer/object-end.ts";
import { writeCitation } from "../citations.ts";

/** An event of Converse's stream. */
export interface ConverseEvent {
  name: string;
  payload: Extra;
}

interface PendingCall {
  /** The caller's number for it. */
  number: number;
  toolUse: Extra;
  arguments: string;
  end: ObjectEnd;
}

type Open =
  | { kind: "text"; isCited: boolean }
  | { kind: "reasoning"; signature: string }
  | ({ kind: "call" } & PendingCall);

export interface Blocks {
  events: ConverseEvent[];
  /** The number of the last block that has begun. */
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
    beginBlock(blocks);
    blocks.open = { kind: "text", isCited: false };
  }
  pushDelta(blocks, { text });
}

/** False where Bedrock has no such citation, or there is no text that it could be of. */
export function addCitation(blocks: Blocks, citation: Citation): boolean {
  const written = writeCitation(citation);
  if (blocks.open?.kind !== "text" || !written) return false;
  blocks.open.isCited = true;
  pushDelta(blocks, { citation: written });
  return true;
}

export function addReasoning(blocks: Blocks, text: string): void {
  if (blocks.open?.kind !== "reasoning" || blocks.open.signature !== "") beginReasoning(blocks);
  if (text !== "") pushDelta(blocks, { reasoningContent: { text } });
}

/** The seal on the reasoning so far. It is said when its block stops: a vendor may give it in pieces. */
export function sealReasoning(blocks: Blocks, signature: string): void {
  const open = blocks.open?.kind === "reasoning" ? blocks.open : beginReasoning(blocks);
  open.signature += signature;
}

function beginReasoning(blocks: Blocks): { signature: string } {
  beginBlock(blocks);
  const open = { kind: "reasoning" as const, signature: "" };
  blocks.open = open;
  return open;
}

/** A block that comes whole. */
export function addBlock(blocks: Blocks, { start, delta }: { start?: Extra; delta: Extra }): void {
  beginBlock(blocks, start);
  pushDelta(blocks, delta);
  blocks.events.push({ name: "contentBlockStop", payload: { contentBlockIndex: blocks.index } });
}

export function addCall(blocks: Blocks, number: number, toolUse: Extra): void {
  const call = { number, toolUse, arguments: "", end: createObjectEnd() };
  if (blocks.open?.kind !== "call") return startCall(blocks, call);
  blocks.waiting.push(call);
  advance(blocks);
}

/** False where the call has ended already, or never began. */
export function addArguments(blocks: Blocks, number: number, text: string): boolean {
  if (blocks.open?.kind === "call" && blocks.open.number === number) {
    blocks.open.arguments += text;
    if (text !== "") pushDelta(blocks, { toolUse: { input: text } });
    advance(blocks);
    return true;
  }
  const call = blocks.waiting.find((each) => each.number === number);
  if (call) call.arguments += text;
  return call !== undefined;
}

function startCall(blocks: Blocks, call: PendingCall): void {
  stopBlock(blocks);
  blocks.index += 1;
  const payload = { start: { toolUse: call.toolUse }, contentBlockIndex: blocks.index };
  blocks.events.push({ name: "contentBlockStart", payload });
  blocks.open = { kind: "call", ...call };
  if (call.arguments !== "") pushDelta(blocks, { toolUse: { input: call.arguments } });
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

/** Texts and reasoning have no start of their own. */
function beginBlock(blocks: Blocks, start?: Extra): void {
  stopBlocks(blocks);
  blocks.index += 1;
  if (start) blocks.events.push({ name: "contentBlockStart", payload: { start, contentBlockIndex: blocks.index } });
}

function stopBlock(blocks: Blocks): void {
  const { open, index } = blocks;
  if (open?.kind === "reasoning" && open.signature !== "")
    pushDelta(blocks, { reasoningContent: { signature: open.signature } });
  if (open) blocks.events.push({ name: "contentBlockStop", payload: { contentBlockIndex: index } });
  blocks.open = undefined;
}

function pushDelta(blocks: Blocks, delta: Extra): void {
  blocks.events.push({ name: "contentBlockDelta", payload: { delta, contentBlockIndex: blocks.index } });
}
