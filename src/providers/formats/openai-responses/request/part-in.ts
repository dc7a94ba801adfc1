// One part of a message's content, or of a tool's output, in a caller's request; and an item of reasoning.
import type { Citation, Extra, Part } from "../../../contract.ts";
import { definedOnly, type Fields, isObject, missing, openFields, textOf, wrongType } from "../../fields.ts";
import { readAnnotation } from "../citations.ts";
import { isContentType, readSeal } from "../items.ts";

type PartOf<T extends Part["type"]> = Extract<Part, { type: T }>;

/** A string, or parts. Throws `providers.bad_request`. */
export function readContent(fields: Fields, key: string): Part[] | undefined {
  const content = fields.any(key);
  if (content === undefined) return undefined;
  if (typeof content === "string") return [{ type: "text", text: content }];
  if (!Array.isArray(content)) throw wrongType(fields.at(key), "a string or an array of parts", content);
  return content.map((part, index) => readPart(part, fields.at(`${key}.${index}`)));
}

function readPart(value: unknown, path: string): Part {
  const part = openFields(value, path, "a part such as {type: 'input_text', text: '…'}");
  const type = part.text("type");
  switch (type) {
    case undefined:
      throw missing(part.at("type"), "`input_text`, `input_image`, `input_file`, `output_text` or `refusal`");
    case "input_text":
    case "output_text":
    case "text":
      return readText(part);
    case "refusal":
      return withExtra({ type: "refusal", text: part.needed("refusal") }, part.rest());
    case "input_image": {
      const [url = "", fileId, detail] = [part.text("image_url"), part.text("file_id"), part.text("detail")];
      if (url === "" && fileId === undefined) throw missing(part.at("image_url"), "a URL, or a `file_id`");
      return withExtra(definedOnly<PartOf<"image">>({ type: "image", url, file_id: fileId, detail }), part.rest());
    }
    case "input_file":
      return withExtra(
        definedOnly<PartOf<"file">>({
          type: "file",
          file_id: part.text("file_id"),
          filename: part.text("filename"),
          data: part.text("file_data"),
          url: part.text("file_url"),
        }),
        part.rest(),
      );
    case "input_audio":
      return readAudio(part) ?? { type: "other", extra: value as Extra };
    default:
      if (isContentType(type)) return { type: "other", extra: value as Extra };
      throw wrongType(part.at("type"), "a kind of content such as `input_text`", type);
  }
}

function readText(part: Fields): Part {
  const text = part.needed("text");
  const citations = part.list("annotations")?.flatMap((each): Citation[] => {
    const citation = readAnnotation(each);
    return citation ? [citation] : [];
  });
  const logprobs = part.list("logprobs");
  const extra = { ...part.rest(), ...(logprobs?.length && { logprobs }) };
  return withExtra({ type: "text", text, ...(citations?.length && { citations }) }, extra);
}

function readAudio(part: Fields): Part | undefined {
  const audio = part.any("input_audio");
  if (!isObject(audio)) return undefined;
  const { data, format, ...more } = audio;
  if (typeof data !== "string" || typeof format !== "string" || Object.keys(more).length > 0) return undefined;
  return withExtra<PartOf<"audio">>({ type: "audio", data, format }, part.rest());
}

/**
 * Its text is the summary, or the reasoning itself where a vendor tells that. How it was cut into pieces, where there are
 * several, stands in `extra`.
 */
export function readReasoning(item: Fields): Part {
  const summary = piecesOf(item, "summary");
  const content = piecesOf(item, "content");
  const sealed = item.text("encrypted_content");
  const id = item.text("id");
  const pieces = summary.length > 0 ? summary : content;
  const extra = {
    ...item.rest(),
    ...(summary.length > 1 && { summary }),
    ...(content.length > 0 && { content }),
  };
  return withExtra(
    {
      type: "reasoning",
      text: pieces.map((piece) => textOf(piece["text"])).join(BETWEEN_PIECES),
      ...(id !== undefined && { id }),
      ...(sealed && readSeal(sealed)),
    },
    extra,
  );
}

/** Summaries come as several texts; read as one, they are paragraphs of it. */
export const BETWEEN_PIECES = "\n\n";

function piecesOf(item: Fields, key: string): Extra[] {
  const pieces = item.list(key) ?? [];
  const bad = pieces.findIndex((piece) => !isObject(piece));
  if (bad >= 0) throw wrongType(item.at(`${key}.${bad}`), "an object with a text", pieces[bad]);
  return pieces as Extra[];
}

export function withExtra<T extends object>(read: T, extra: Extra | undefined): T {
  return extra && Object.keys(extra).length > 0 ? { ...read, extra } : read;
}
