// What the writers for vendors have in common: what is dropped is named, and what cannot be embedded is refused.
import type { Extra, Usage } from "../../contract.ts";
import { providersErrors } from "../../errors.ts";
import type { Dropped } from "../dialect.ts";
import { readCount } from "../fields.ts";
import type { EmbeddingFormatName, EmbeddingInput, EmbeddingRequest, Encoding } from "./contract.ts";

/** How a vendor's format names itself to people. */
export interface Format {
  name: EmbeddingFormatName;
  title: string;
}

/** Parameters beside the inputs. */
export type Parameter = "dimensions" | "input_type" | "truncate" | "user";

export interface Carried {
  extra: Extra;
  dropped: Dropped[];
}

/** The caller's own words where it spoke this format; else they are named, as are the parameters that the vendor lacks. */
export function carryRest(request: EmbeddingRequest, { name, title }: Format, lacking: readonly Parameter[]): Carried {
  const dropped: Dropped[] = [];
  const why = `${title} has no word for it`;
  for (const parameter of lacking) if (request[parameter] !== undefined) dropped.push({ what: parameter, why });
  if (request.format === name) return { extra: request.extra ?? {}, dropped };
  for (const key of Object.keys(request.extra ?? {}))
    if (key !== "input_type" || request.input_type === undefined) dropped.push({ what: key, why });
  return { extra: {}, dropped };
}

/** Floats can be given in each of these ways; quantised vectors only by a vendor that makes them. */
export function dropQuantised(request: EmbeddingRequest, { title }: Format, dropped: Dropped[]): void {
  for (const encoding of request.encodings ?? [])
    if (isQuantised(encoding)) dropped.push({ what: `encodings.${encoding}`, why: `${title} gives floats alone` });
}

export function isQuantised(encoding: Encoding): encoding is Exclude<Encoding, "float" | "base64"> {
  return encoding !== "float" && encoding !== "base64";
}

/** The text of an input, its parts on lines of their own. Throws `providers.bad_request` where it is not all text. */
export function textOfInput(input: EmbeddingInput, path: string, title: string): string {
  if (typeof input === "string") return input;
  const texts = input.map((part) => (typeof part === "object" && part.type === "text" ? part.text : undefined));
  if (texts.length > 0 && texts.every((each) => each !== undefined)) return texts.join("\n");
  throw notEmbeddable(path, `${title} embeds text alone`);
}

export function notEmbeddable(path: string, reason: string) {
  return providersErrors.bad_request({
    param: path,
    problem: `cannot be embedded by this model's vendor: ${reason}`,
    fix: "Send text, or choose a model of a vendor that can embed this.",
  });
}

/** What has no canonical word means something to the format alone that has one for it. Throws `providers.bad_request`. */
export function ownPart(extra: Extra, path: string, isOwn: boolean): Extra {
  if (isOwn) return extra;
  throw notEmbeddable(path, "it has no words for such a part");
}

/** Undefined where nothing was counted. */
export function usageOf(input: unknown, raw: Extra): Usage | undefined {
  const counted = readCount(input);
  return counted === undefined
    ? undefined
    : { input: counted, output: 0, cache_read: 0, cache_write: 0, reasoning: 0, raw };
}
