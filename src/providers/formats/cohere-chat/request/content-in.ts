// The content of one message as canonical parts. A block without a canonical word is carried whole.
import type { Extra, Part } from "../../../contract.ts";
import { definedOnly, type Fields, missing, openFields, wrongType } from "../../fields.ts";
import { textOfDocument } from "../documents.ts";

/** A string, or a list of blocks; undefined where there is none. Throws `providers.bad_request`. */
export function readContent(fields: Fields): Part[] | undefined {
  const content = fields.any("content");
  if (content === undefined) return undefined;
  if (typeof content === "string") return [{ type: "text", text: content }];
  if (!Array.isArray(content)) throw wrongType(fields.at("content"), "a string or an array of content blocks", content);
  return content.map((block, index) => readBlock(block, fields.at(`content.${index}`)));
}

function readBlock(value: unknown, path: string): Part {
  const block = openFields(value, path, "a content block such as {type: 'text', text: '…'}");
  switch (block.text("type")) {
    case undefined:
      throw missing(block.at("type"), "`text`, `image_url`, `document` or another kind of content block");
    case "text":
      return withRest({ type: "text", text: block.needed("text") }, block);
    case "thinking":
      return withRest({ type: "reasoning", text: block.needed("thinking") }, block);
    case "image_url":
      return readImage(block);
    case "document": {
      const document = block.any("document");
      if (document === undefined) throw missing(block.at("document"), "an object with `data`");
      return { type: "text", text: textOfDocument(document), extra: value as Extra };
    }
    default:
      return { type: "other", extra: value as Extra };
  }
}

function readImage(block: Fields): Part {
  const given = block.any("image_url");
  if (given === undefined) throw missing(block.at("image_url"), "an object with `url`");
  const image = openFields(given, block.at("image_url"), "an object with `url`");
  const part = definedOnly<Part & { type: "image" }>({
    type: "image",
    url: image.needed("url"),
    detail: image.text("detail"),
  });
  const more = image.rest();
  const extra = { ...block.rest(), ...(more && { image_url: more }) };
  return Object.keys(extra).length > 0 ? { ...part, extra } : part;
}

function withRest<T extends Part & { extra?: Extra }>(part: T, block: Fields): T {
  const extra = block.rest();
  return extra ? { ...part, extra } : part;
}
