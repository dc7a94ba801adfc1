// A whole answer under guardrails: JSON, or a stream that is here to its end.
import { answerPlaces, editPlaces, isEventStream, type TextPlace } from "../../providers/index.ts";
import type { FoundOutside } from "../outside/outside.ts";
import { refusalOf } from "./findings-log.ts";
import { askingIn, type GuardState, passUnread, screeningOf } from "./guard-state.ts";
import { createGuardedStream, type GuardedStream } from "./screen-stream.ts";
import { screenPlace, sideInAnswer } from "./screen-texts.ts";

export interface AnswerText {
  content: string | Uint8Array;
  mediaType: string;
  /** Gemini's streams that are no events. */
  isArray?: boolean;
}

type Content = AnswerText["content"];

/** The answer as it may be given, once a person agrees where `state.asked` says so. Throws `guardrails.*`. */
export function screenAnswer(state: GuardState, answer: AnswerText): Content | Promise<Content> {
  return isStream(answer) ? screenWholeStream(state, answer) : screenJson(state, textOf(answer.content));
}

function screenJson(state: GuardState, json: string): string | Promise<string> {
  const { compiled, checks, log, outside } = state;
  const places = answerPlaces(json);
  if (!places) return passUnread(state, json, "The answer to this request");
  const watch = checks.watchText(log);
  for (const { kind, text } of places) {
    const tooLong = kind === "output" ? watch?.(text) : undefined;
    if (tooLong) throw tooLong;
  }
  const unfounded = checks.ungrounded(places, log);
  if (unfounded) throw unfounded;
  const screen = (found?: FoundOutside): string => {
    const screening = screeningOf(state, undefined, found);
    return editPlaces(json, places, (place) => {
      const { agreed, refusal } = screenPlace(place, sideInAnswer(place.kind), screening);
      if (refusal) throw refusal;
      return agreed;
    });
  };
  const asked = outside.find(places, { compiled, log, sideOf: sideInAnswer });
  return asked ? asked.then(screen) : screen();
}

function screenWholeStream(state: GuardState, { content, mediaType }: AnswerText): Content | Promise<Content> {
  const { compiled, checks, log, outside } = state;
  const texts = new Map<string, TextPlace>();
  const stream = openStream(state, mediaType, (place) => {
    const known = texts.get(place.path + place.kind);
    texts.set(place.path + place.kind, known ? { ...known, text: known.text + place.text } : place);
  });
  const bytes = Buffer.concat([stream.push(bytesOf(content)), stream.end()]);
  if (stream.refusal) throw stream.refusal;
  const places = [...texts.values()];
  const unfounded = checks.ungrounded(places, log);
  if (unfounded) throw unfounded;
  const asked = outside.find(places, { compiled, log, sideOf: sideInAnswer });
  return asked ? asked.then((found) => passUnlessFound(state, { bytes, places, found })) : bytes;
}

interface Found {
  bytes: Uint8Array;
  places: readonly TextPlace[];
  found: FoundOutside;
}

/** What others find in a text that came in pieces cannot be masked there: it is not given. */
function passUnlessFound(state: GuardState, { bytes, places, found }: Found): Uint8Array {
  const { log } = state;
  const ask = askingIn(state);
  for (const { path, kind } of places) {
    const side = sideInAnswer(kind);
    for (const each of found.get(path) ?? []) {
      const decided = each.mode === "mask" ? { ...each, mode: "block" as const } : each;
      log.add(decided, { side, place: path });
      if (decided.mode === "ask") ask(decided, side);
      else if (decided.mode !== "observe") throw refusalOf(decided, side);
    }
  }
  return bytes;
}

export function openStream(state: GuardState, mediaType: string, onPlace?: (place: TextPlace) => void): GuardedStream {
  const watch = state.checks.watchText(state.log);
  return createGuardedStream({
    ...screeningOf(state),
    // What goes out as it comes cannot wait for anybody.
    ...(!onPlace && { onAsk: undefined }),
    mediaType,
    holdBackMax: state.holdBackMax,
    onText(place) {
      onPlace?.(place);
      return place.kind === "output" ? watch?.(place.text) : undefined;
    },
  });
}

export function isStream({ mediaType, isArray }: AnswerText): boolean {
  return isEventStream(mediaType) || isArray === true;
}

export function textOf(content: Content): string {
  return typeof content === "string" ? content : Buffer.from(content).toString();
}

export function bytesOf(content: Content): Uint8Array {
  return typeof content === "string" ? Buffer.from(content) : content;
}
