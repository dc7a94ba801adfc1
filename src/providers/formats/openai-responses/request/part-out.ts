// One canonical part for a vendor: as content of a message or of a tool's output, or as an item of its own. What this dialect
// cannot say, or its vendor did not make, is dropped and said.
import type { Extra, Part } from "../../../contract.ts";
import { definedOnly, without } from "../../fields.ts";
import { writeAnnotation } from "../citations.ts";
import { itemOf, writeSeal } from "../items.ts";

export interface Writing {
  /** The caller spoke this dialect: every extra goes back to where it stood. */
  isOwn: boolean;
  /** The caller means OpenAI, in this dialect or the older one: its files are kept there. */
  isOpenAi: boolean;
  drop(what: string, why: string): void;
}

export const NO_WORD = "the Responses API has no word for it";
const ELSEWHERE = "a file kept at another vendor cannot be shown";
const SEALED = "OpenAI takes back only the reasoning that it sealed itself";

type PartOf<T extends Part["type"]> = Extract<Part, { type: T }>;
/** Texts are called by who said them. */
export type TextType = "input_text" | "output_text";

export interface Place {
  /** In canonical words. */
  path: string;
  text: TextType;
}

/** Content of a message: nothing, or one part. */
export function writeContent(part: Part, place: Place, writing: Writing): Extra[] {
  const { path, text: textType } = place;
  switch (part.type) {
    case "text":
      return writeText(part, place, writing);
    case "refusal":
      if (textType === "input_text") return [finish({ type: textType, text: part.text }, { part, path }, writing)];
      return [finish({ type: "refusal", refusal: part.text }, { part, path }, writing)];
    case "image":
      return writeImage(part, place, writing);
    case "file":
      return writeFile(part, path, writing);
    case "audio":
      if (!writing.isOwn) return dropped(path, NO_WORD, writing);
      return [{ type: "input_audio", input_audio: { data: part.data, format: part.format }, ...part.extra }];
    case "other":
      return writing.isOwn ? [without(part.extra, ["item"])] : dropped(path, NO_WORD, writing);
    default:
      return dropped(path, NO_WORD, writing);
  }
}

/** An item of its own: nothing, or one. */
export function writeAlone(part: Part, path: string, writing: Writing): Extra[] {
  if (part.type === "reasoning") return writeReasoning(part, path, writing);
  const item = itemOf(part);
  if (writing.isOwn && item) return [item];
  return dropped(path, part.type === "other" ? NO_WORD : "it ran at another vendor", writing);
}

function writeText(part: PartOf<"text">, { path, text: type }: Place, writing: Writing): Extra[] {
  // Empty texts say nothing, and some vendors refuse them.
  if (!writing.isOwn && part.text === "") return [];
  const isAnswer = type === "output_text";
  const text = { base: 0, end: part.text.length };
  const annotations = part.citations?.flatMap((each) => writeAnnotation(each, text) ?? []) ?? [];
  const areCarried = isAnswer && writing.isOwn && annotations.length === (part.citations?.length ?? 0);
  if (part.citations?.length && !areCarried) writing.drop(`${path}.citations`, "what it rests on is not given back");
  const said = { type, text: part.text, ...(isAnswer && { annotations: areCarried ? annotations : [] }) };
  return [finish(said, { part, path }, writing)];
}

function writeImage(part: PartOf<"image">, { path, text }: Place, writing: Writing): Extra[] {
  const { url, file_id: fileId, detail } = part;
  if (fileId !== undefined && url === "" && !writing.isOpenAi) return dropped(path, ELSEWHERE, writing);
  if (text === "output_text" && !writing.isOwn)
    return dropped(path, "the assistant's own pictures cannot be given back", writing);
  const image = { type: "input_image", image_url: url === "" ? undefined : url, file_id: fileId, detail };
  return [finish(definedOnly<Extra>(image), { part, path }, writing)];
}

function writeFile(part: PartOf<"file">, path: string, writing: Writing): Extra[] {
  const { data, url, file_id: fileId, filename, media_type: mediaType } = part;
  if (data === undefined && url === undefined && fileId !== undefined && !writing.isOpenAi)
    return dropped(path, ELSEWHERE, writing);
  const isBare = data !== undefined && !writing.isOwn && !data.startsWith("data:");
  const file = definedOnly<Extra>({
    type: "input_file",
    file_id: writing.isOpenAi ? fileId : undefined,
    filename: filename ?? (data === undefined || writing.isOwn ? undefined : "document"),
    file_data: isBare ? `data:${mediaType ?? "application/pdf"};base64,${data}` : data,
    file_url: url,
  });
  return [finish(file, { part, path }, writing)];
}

function writeReasoning(part: PartOf<"reasoning">, path: string, writing: Writing): Extra[] {
  const { text, id, extra, sealed_by: maker } = part;
  const isOurs = maker === undefined ? writing.isOwn : maker === "openai-responses";
  const isSealed = part.signature !== undefined || part.redacted !== undefined;
  // A caller of this dialect may name by id what is stored at the vendor, unsealed.
  if (!isOurs || !(isSealed || writing.isOwn)) return dropped(path, SEALED, writing);
  const isTold = text !== "" && !extra?.["content"];
  return [
    definedOnly<Extra>({
      type: "reasoning",
      id,
      summary: isTold ? [{ type: "summary_text", text }] : [],
      encrypted_content: writeSeal(part),
      ...(writing.isOwn && extra),
    }),
  ];
}

/** With all else that a caller of this dialect said; what its item says is the item's. */
function finish(said: Extra, { part, path }: { part: Part; path: string }, writing: Writing): Extra {
  const extra = without(part.extra ?? {}, ["item"]);
  if (writing.isOwn) return { ...said, ...extra };
  for (const name of Object.keys(extra)) writing.drop(`${path}.${name}`, NO_WORD);
  return said;
}

function dropped(path: string, why: string, writing: Writing): Extra[] {
  writing.drop(path, why);
  return [];
}
