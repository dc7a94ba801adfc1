// What a text rests on, both directions: annotations of an `output_text`. Their places count characters in that text; the
// canonical ones count in all of the text that follows without a break, which may have begun before: `base` is the distance.
import type { Citation, Extra } from "../../contract.ts";
import { definedOnly, isObject, readCount, textOf } from "../fields.ts";

/** Undefined for what is no annotation. */
export function readAnnotation(value: unknown, base = 0): Citation | undefined {
  if (!isObject(value) || typeof value["type"] !== "string") return undefined;
  const { url, title, filename, start_index: from, end_index: to, index, ...extra } = value;
  const [start, end] = [readCount(from ?? index), readCount(to)];
  const isPlain = value["type"] === "url_citation" && Object.keys(extra).length === 1;
  return definedOnly<Citation>({
    url: textOf(url) || undefined,
    title: textOf(title) || textOf(filename) || undefined,
    start: start === undefined ? undefined : start + base,
    end: end === undefined ? undefined : end + base,
    extra: isPlain ? undefined : extra,
  });
}

/** `base` is where the text begins, `end` how far it has come. Undefined where there is no annotation for it. */
export function writeAnnotation(citation: Citation, text: { base: number; end: number }): Extra | undefined {
  const { url, title, extra } = citation;
  const inText = (place: number): number => Math.max(0, place - text.base);
  const start = inText(citation.start ?? text.base);
  const span = { start_index: start, end_index: inText(citation.end ?? text.end) };
  switch (extra?.["type"]) {
    case "file_citation":
    case "file_path":
      return definedOnly<Extra>({ ...extra, filename: title, index: start });
    case "container_file_citation":
      return definedOnly<Extra>({ ...extra, filename: title, ...span });
    default: {
      const isOurs = extra?.["type"] === "url_citation";
      return url === undefined
        ? undefined
        : { type: "url_citation", url, title: title ?? "", ...span, ...(isOurs && extra) };
    }
  }
}
