// The items of an answer for a caller, as events of the stream: each is added, told in deltas, and done. Messages and
// reasoning follow one another; calls of tools, which other vendors make at the same time, go on until the answer ends.
import type { Citation, Extra } from "../../../contract.ts";
import { isObject, textOf, without } from "../../fields.ts";
import { writeAnnotation } from "../citations.ts";
import { BETWEEN_PIECES } from "../request/part-in.ts";
import { writeSeal } from "../items.ts";

/** An event of the stream; it is numbered where it is sent. */
export type ResponsesEvent = { type: string } & Extra;

interface OpenItem {
  index: number;
  /** As it stands when it is done. */
  item: Extra & { id: string };
}

/** A piece of a message or of reasoning, whose text goes on. */
interface OpenPiece {
  kind: "output_text" | "refusal" | "summary_text" | "reasoning_text";
  index: number;
  text: string;
  /** Where its text begins in the answer's. */
  base: number;
  annotations: Extra[];
  logprobs: unknown[];
}

type Open = OpenItem & { kind: "message" | "reasoning"; piece: OpenPiece | undefined; isBroken: boolean; seal: string };
type OpenCall = OpenItem & { key: "arguments" | "input"; text: string };

export interface Output {
  events: ResponsesEvent[];
  /** All items, in their order. */
  items: Extra[];
  /** Ends the ids of items that have none of their own. */
  base: string;
  open: Open | undefined;
  calls: Map<number, OpenCall>;
  /** How long the text is that the answer is at. */
  textLength: number;
}

export function noOutput(): Output {
  return { events: [], items: [], base: "", open: undefined, calls: new Map(), textLength: 0 };
}

/** An item that comes whole. */
export function addItem(output: Output, prefix: string, item: Extra): void {
  closeOpen(output);
  output.textLength = 0;
  const begun = "status" in item ? { ...item, status: "in_progress" } : item;
  const { index, item: added } = startItem(output, prefix, begun);
  doneItem(output, index, { ...added, ...item, id: added.id });
}

function startItem(output: Output, prefix: string, item: Extra): OpenItem {
  const index = output.items.length;
  const known = { ...item, id: textOf(item["id"]) || `${prefix}_${output.base}_${index}` };
  output.items.push(known);
  output.events.push({ type: "response.output_item.added", output_index: index, item: known });
  return { index, item: known };
}

function doneItem(output: Output, index: number, item: Extra): void {
  output.items[index] = item;
  output.events.push({ type: "response.output_item.done", output_index: index, item });
}

/** A message, or reasoning, begins; `own` is what its vendor said of it in this dialect. */
export function startOpen(output: Output, kind: Open["kind"], own: Extra = {}): Open {
  closeOpen(output);
  if (kind === "reasoning") output.textLength = 0;
  const started =
    kind === "message"
      ? startItem(output, "msg", { ...own, type: kind, status: "in_progress", role: "assistant", content: [] })
      : startItem(output, "rs", { ...own, type: kind, summary: [] });
  const open: Open = { ...started, kind, piece: undefined, isBroken: false, seal: "" };
  if (kind === "message" && typeof own["status"] === "string") open.item = { ...open.item, status: own["status"] };
  output.open = open;
  return open;
}

export function addText(output: Output, kind: "output_text" | "refusal", text: string): void {
  const open = output.open?.kind === "message" ? output.open : startOpen(output, "message");
  if (open.piece?.kind !== kind) startPiece(output, open, kind);
  output.textLength = kind === "refusal" ? 0 : output.textLength + text.length;
  pushDelta(output, open, text);
}

/** The item goes on in another piece; a break in its text stood for that elsewhere. */
export function breakPiece(output: Output): void {
  if (output.open?.kind === "reasoning") output.open.isBroken = true;
}

export function addReasoning(output: Output, text: string, id: string | undefined): void {
  const goesOn =
    output.open?.kind === "reasoning" && output.open.seal === "" && (id === undefined || output.open.item.id === id);
  const open = goesOn && output.open ? output.open : startOpen(output, "reasoning", id === undefined ? {} : { id });
  if (open.isBroken && text === BETWEEN_PIECES) {
    closePiece(output, open);
    open.isBroken = false;
    return;
  }
  if (text === "") return;
  if (!open.piece) startPiece(output, open, "content" in open.item ? "reasoning_text" : "summary_text");
  pushDelta(output, open, text);
}

/** The seal on the reasoning so far; vendors may give it in pieces. */
export function sealReasoning(output: Output, seal: { signature?: string; redacted?: string }): void {
  const open = output.open?.kind === "reasoning" ? output.open : startOpen(output, "reasoning");
  open.seal += writeSeal(seal) ?? "";
}

/** False where there is no text that it could be of, or no such annotation. */
export function addCitation(output: Output, citation: Citation): boolean {
  const { open } = output;
  if (open?.piece?.kind !== "output_text") return false;
  const { piece } = open;
  const annotation = writeAnnotation(citation, { base: piece.base, end: output.textLength });
  if (!annotation) return false;
  const place = { annotation_index: piece.annotations.length, annotation };
  output.events.push({ type: "response.output_text.annotation.added", ...placeOf(open), ...place });
  piece.annotations.push(annotation);
  return true;
}

/** False where there is no text that they could be of. */
export function addLogprobs(output: Output, logprobs: unknown): boolean {
  const piece = output.open?.piece;
  if (piece?.kind !== "output_text" || !Array.isArray(logprobs)) return false;
  piece.logprobs.push(...(logprobs as unknown[]));
  return true;
}

function startPiece(output: Output, open: Open, kind: OpenPiece["kind"]): void {
  closePiece(output, open);
  const index = piecesOf(open, kind).length;
  open.piece = { kind, index, text: "", base: output.textLength, annotations: [], logprobs: [] };
  const type = kind === "summary_text" ? "response.reasoning_summary_part.added" : "response.content_part.added";
  output.events.push({ type, ...placeOf(open), part: partOf(open.piece) });
}

/** The list that a piece will stand in. */
function piecesOf({ item }: Open, kind: OpenPiece["kind"]): Extra[] {
  const pieces = item[kind === "summary_text" ? "summary" : "content"];
  return Array.isArray(pieces) ? (pieces as Extra[]) : [];
}

function placeOf({ index, item, piece }: Open): Extra {
  const key = piece?.kind === "summary_text" ? "summary_index" : "content_index";
  return { item_id: item.id, output_index: index, [key]: piece?.index ?? 0 };
}

function partOf({ kind, text, annotations, logprobs }: OpenPiece): Extra {
  if (kind === "refusal") return { type: kind, refusal: text };
  return kind === "output_text"
    ? { type: kind, annotations: [...annotations], logprobs: [...logprobs], text }
    : { type: kind, text };
}

const EVENT_NAMES = {
  output_text: "response.output_text",
  refusal: "response.refusal",
  summary_text: "response.reasoning_summary_text",
  reasoning_text: "response.reasoning_text",
} as const;

function pushDelta(output: Output, open: Open, delta: string): void {
  const { piece } = open;
  if (!piece || delta === "") return;
  piece.text += delta;
  const logprobs = piece.kind === "output_text" && { logprobs: [] };
  output.events.push({ type: `${EVENT_NAMES[piece.kind]}.delta`, ...placeOf(open), delta, ...logprobs });
}

function closePiece(output: Output, open: Open): void {
  const { piece } = open;
  if (!piece) return;
  const part = partOf(piece);
  const { type: _, annotations: __, ...said } = part;
  const doneType =
    piece.kind === "summary_text" ? "response.reasoning_summary_part.done" : "response.content_part.done";
  output.events.push({ type: `${EVENT_NAMES[piece.kind]}.done`, ...placeOf(open), ...said });
  output.events.push({ type: doneType, ...placeOf(open), part });
  const key = piece.kind === "summary_text" ? "summary" : "content";
  open.item = { ...open.item, [key]: [...piecesOf(open, piece.kind), part] };
  open.piece = undefined;
}

/** The message or reasoning that goes on is done. */
export function closeOpen(output: Output, status = "completed"): void {
  const { open } = output;
  if (!open) return;
  closePiece(output, open);
  output.open = undefined;
  const isSaid = open.item["status"] !== "in_progress";
  const seal = open.seal !== "" && { encrypted_content: open.seal };
  const ended = open.kind === "message" && !isSaid && { status };
  doneItem(output, open.index, { ...open.item, ...seal, ...ended });
}

/** `own` is what its vendor said of the call in this dialect. */
export function addCall(output: Output, number: number, call: { id: string; name: string; own: unknown }): void {
  closeOpen(output);
  const own = isObject(call.own) ? without(call.own, ["status"]) : {};
  const isCustom = own["type"] === "custom_tool_call";
  const key = isCustom ? ("input" as const) : ("arguments" as const);
  const type = isCustom ? "custom_tool_call" : "function_call";
  const said = { ...own, type, status: "in_progress", call_id: call.id, name: call.name, [key]: "" };
  closeCall(output, number, "completed");
  output.calls.set(number, { ...startItem(output, isCustom ? "ctc" : "fc", said), key, text: "" });
}

/** False where the call has never begun. */
export function addArguments(output: Output, number: number, delta: string): boolean {
  const call = output.calls.get(number);
  if (!call) return false;
  call.text += delta;
  if (delta !== "") output.events.push({ type: `${callEvent(call)}.delta`, ...callPlace(call), delta });
  return true;
}

function callEvent({ key }: OpenCall): string {
  return key === "input" ? "response.custom_tool_call_input" : "response.function_call_arguments";
}

function callPlace({ index, item }: OpenCall): Extra {
  return { item_id: item.id, output_index: index };
}

function closeCall(output: Output, number: number, status: string): void {
  const call = output.calls.get(number);
  if (!call) return;
  output.calls.delete(number);
  const said = { [call.key]: call.text };
  output.events.push({ type: `${callEvent(call)}.done`, ...callPlace(call), ...said });
  doneItem(output, call.index, { ...call.item, status, ...said });
}

/** Nothing more comes. `status` is that of what was going on. */
export function closeAll(output: Output, status: string): void {
  for (const number of output.calls.keys()) closeCall(output, number, status);
  closeOpen(output, status);
}
