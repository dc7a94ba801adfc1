// A stream whose texts are changed on the way out. An event waits until all of its text is settled, and events keep their order,
// so that nothing goes out that what comes next would have changed. What nobody changes goes out byte by byte as it came.
import { withoutProbabilities } from "./edit-texts.ts";
import { createStreamCutter, type StreamFrame } from "./frame-cutter.ts";
import { createFrameReader, type FramePlace, type FrameTexts } from "./frame-places.ts";
import { createHeldText, type HeldPiece, type HeldText } from "./held-text.ts";
import { replaceSpans } from "./json-spans.ts";
import type { StreamEditing } from "./stream-editing.ts";

export interface StreamEditor {
  push(bytes: Uint8Array): Uint8Array;
  /** The stream is over: all of it goes out. */
  end(): Uint8Array;
}

interface Waiting {
  frame: StreamFrame;
  texts: FrameTexts | undefined;
  pieces: { place: FramePlace; piece: HeldPiece }[];
}

const NOTHING = new Uint8Array();

export function createStreamEditor(editing: StreamEditing): StreamEditor {
  const cutter = createStreamCutter(editing.mediaType);
  const readFrame = createFrameReader();
  const held = new Map<string, HeldText>();
  let waiting: Waiting[] = [];

  function take(frame: StreamFrame): void {
    const texts = frame.json === undefined ? undefined : readFrame(frame.json);
    if (texts)
      for (const [channel, text] of held) if (texts.ends(channel) && !addsTo(texts, channel)) text.settle(true);
    if (frame.json !== undefined && !texts) editing.onUnreadable?.();
    const pieces = texts ? texts.places.map((place) => ({ place, piece: pieceFor(place) })) : [];
    waiting.push({ frame, texts, pieces });
    const channels = new Set(texts?.places.flatMap(({ channel }) => channel ?? []));
    for (const channel of channels) held.get(channel)?.settle(texts?.ends(channel) ?? false);
    // An end that nothing is said with, such as `[DONE]`.
    if (!texts && isEnd(frame)) settleAll();
  }

  function pieceFor(place: FramePlace): HeldPiece {
    if (place.channel === undefined) return wholePiece(editing, place);
    const known = held.get(place.channel) ?? createHeldText(place, editing);
    held.set(place.channel, known);
    editing.onText?.(place);
    return known.add(place.text);
  }

  function settleAll(): void {
    for (const text of held.values()) text.settle(true);
  }

  function release(): Uint8Array {
    const out: Uint8Array[] = [];
    const left: Waiting[] = [];
    for (const each of waiting) {
      if (mayPass(each, left)) out.push(written(each));
      else left.push(each);
    }
    waiting = left;
    if (out.length === 0) return NOTHING;
    return out.length === 1 && out[0] ? out[0] : Buffer.concat(out);
  }

  return {
    push(bytes) {
      for (const frame of cutter.feed(bytes)) take(frame);
      return release();
    },
    end() {
      for (const frame of cutter.rest()) take(frame);
      settleAll();
      return release();
    },
  };
}

function addsTo({ places }: FrameTexts, channel: string): boolean {
  return places.some((place) => place.channel === channel);
}

function isEnd({ bytes }: StreamFrame): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes("[DONE]");
}

/** Whether all it says is settled, and nothing waits that must go out before it. */
function mayPass({ texts, pieces }: Waiting, before: readonly Waiting[]): boolean {
  if (texts?.isIdle) return true;
  if (!pieces.every(({ piece }) => piece.text !== undefined)) return false;
  if (before.length === 0) return true;
  if (!texts?.isKeyed || pieces.length === 0) return false;
  const own = new Set(pieces.map(({ place }) => place.channel));
  return !own.has(undefined) && before.every((each) => each.texts?.isKeyed && canBePassed(each, own));
}

function canBePassed({ pieces }: Waiting, own: ReadonlySet<string | undefined>): boolean {
  return pieces.length > 0 && pieces.every(({ place }) => place.channel !== undefined && !own.has(place.channel));
}

function written({ frame, pieces }: Waiting): Uint8Array {
  const { json } = frame;
  const changed = pieces.filter(({ place, piece }) => piece.text !== undefined && piece.text !== place.text);
  if (json === undefined || changed.length === 0) return frame.bytes;
  const replaced = changed.map(({ place, piece }) => ({
    start: place.start,
    end: place.end,
    by: JSON.stringify(piece.text),
  }));
  return frame.withJson(withoutProbabilities(replaceSpans(json, replaced)));
}

/** One that goes on with nothing. */
function wholePiece({ settle }: StreamEditing, place: FramePlace): HeldPiece {
  const { edits, notes, safe } = settle({ place, text: place.text, shown: 0, isFinal: true, isWhole: true });
  if (safe < place.text.length) return { text: undefined };
  for (const note of notes ?? []) note.onMade?.();
  let text = "";
  let copied = 0;
  for (const edit of edits) {
    text += place.text.slice(copied, edit.start) + edit.text;
    copied = edit.end;
    edit.onMade?.();
  }
  return { text: text + place.text.slice(copied) };
}
