// Texts in place: the same request or answer with some of its texts changed, and every other byte as it was.
import { replaceSpans } from "./json-spans.ts";
import { answerPlaces, requestPlaces, type TextPlace } from "./places.ts";

/** A part of a text that becomes another. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** In their order, none over another. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let changed = "";
  let copied = 0;
  for (const { start, end, text: by } of edits) {
    changed += text.slice(copied, start) + by;
    copied = end;
  }
  return changed + text.slice(copied);
}

export type EditPlace = (place: TextPlace) => readonly Edit[];

/** Undefined where it cannot be read; the same text where nothing is changed. */
export function editRequest(json: string, edit: EditPlace): string | undefined {
  const places = requestPlaces(json);
  return places && editPlaces(json, places, edit);
}

export function editAnswer(json: string, edit: EditPlace): string | undefined {
  const places = answerPlaces(json);
  return places && editPlaces(json, places, edit);
}

export function editPlaces(json: string, places: readonly TextPlace[], edit: EditPlace): string {
  const replaced = places.flatMap((place) => {
    const edits = edit(place);
    if (edits.length === 0) return [];
    return [{ start: place.start, end: place.end, by: JSON.stringify(applyEdits(place.text, edits)) }];
  });
  return replaced.length === 0 ? json : withoutProbabilities(replaceSpans(json, replaced));
}

/** They spell out what was said, token by token. */
export function withoutProbabilities(json: string): string {
  return json.includes('"logprobs') ? JSON.stringify(JSON.parse(json, hideProbabilities)) : json;
}

function hideProbabilities(this: unknown, key: string, value: unknown): unknown {
  return key === "logprobs" || key === "logprobsResult" ? null : value;
}
