// What was masked in a request, put back into its answer for the caller: a stream waits only while what it says may be the beginning
// of a mark.
import {
  createStreamEditor,
  type Edit,
  editAnswer,
  type Settled,
  type StreamEditor,
  type TextPlace,
} from "../../providers/index.ts";
import { markLengthMax } from "../texts/masks.ts";

type Originals = ReadonlyMap<string, string>;

/** The same text where nothing is put back. */
export function restoreAnswer(json: string, originals: Originals): string {
  return editAnswer(json, (place) => restorations(place.text, place, originals)) ?? json;
}

export function createRestoringStream(mediaType: string, originals: Originals): StreamEditor {
  const longest = markLengthMax(originals);
  return createStreamEditor({
    mediaType,
    reach: 0,
    settle({ place, text, shown, isFinal }): Settled {
      const edits = restorations(text, place, originals).filter(({ end }) => end > shown);
      const begun = isFinal ? -1 : begunMark(text, originals, longest);
      return { edits, safe: begun === -1 ? text.length : begun };
    },
  });
}

function restorations(text: string, { isJson }: Pick<TextPlace, "isJson">, originals: Originals): Edit[] {
  if (!text.includes("[")) return [];
  const edits: Edit[] = [];
  for (const { 0: mark, index } of text.matchAll(MARK)) {
    const original = originals.get(mark) ?? originals.get(mark.toUpperCase());
    if (original === undefined) continue;
    const by = isJson ? JSON.stringify(original).slice(1, -1) : original;
    edits.push({ start: index, end: index + mark.length, text: by });
  }
  return edits;
}

const MARK = /\[[A-Za-z][A-Za-z0-9_]{0,80}_\d{1,6}\]/g;

function begunMark(text: string, originals: Originals, longest: number): number {
  const at = text.lastIndexOf("[");
  if (at === -1 || text.length - at >= longest || text.includes("]", at)) return -1;
  const begun = text.slice(at).toUpperCase();
  for (const mark of originals.keys()) if (mark.startsWith(begun)) return at;
  return -1;
}
