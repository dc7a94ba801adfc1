// One of Google's parts in canonical words, in requests and answers alike. Calls of functions and their results are read elsewhere.
import type { Extra, Part } from "../../../contract.ts";
import { isObject, textOf, without } from "../../fields.ts";
import { partFromMedia } from "./media.ts";
import { unwrapSeal } from "./seals.ts";
import { readServerTool, type Runs, SERVER_TOOL_KEYS } from "./server-tools.ts";

/** A signature on a text stands behind it as a part of its own: reasoning of which nothing is told. */
export function readPart(said: Extra, runs: Runs): Part[] {
  if (typeof said["text"] === "string") return readText(said, said["text"]);
  for (const key of SERVER_TOOL_KEYS) {
    const tool = said[key];
    if (isObject(tool)) return [readServerTool(key, tool, { extra: restOf(said, [key]), runs })];
  }
  return [readMedia(said) ?? { type: "other", extra: said }];
}

function readText(said: Extra, text: string): Part[] {
  const extra = restOf(said, ["text", "thought", "thoughtSignature"]);
  const signature = textOf(said["thoughtSignature"]);
  if (said["thought"] === true) return [{ ...readThought(text, signature), ...(extra && { extra }) }];
  const parts: Part[] =
    text === "" && signature !== "" && !extra ? [] : [{ type: "text", text, ...(extra && { extra }) }];
  if (signature !== "") parts.push(readThought("", signature));
  return parts;
}

export function readThought(text: string, signature: string): Extract<Part, { type: "reasoning" }> {
  if (signature === "") return { type: "reasoning", text };
  const { isForeign: _, ...seal } = unwrapSeal(signature);
  return { type: "reasoning", text, ...seal };
}

/** Pictures in a chain of thought are no part of the answer. */
function readMedia(said: Extra): Part | undefined {
  const { inlineData, fileData } = said;
  if (said["thought"] === true) return undefined;
  if (isObject(inlineData) && typeof inlineData["data"] === "string" && isPlain(inlineData, ["data"]))
    return partFromMedia({ ...named(inlineData), data: inlineData["data"] }, restOf(said, ["inlineData"]));
  if (isObject(fileData) && typeof fileData["fileUri"] === "string" && isPlain(fileData, ["fileUri"]))
    return partFromMedia({ ...named(fileData), uri: fileData["fileUri"] }, restOf(said, ["fileData"]));
  return undefined;
}

function isPlain(media: Extra, names: string[]): boolean {
  return Object.entries(media).every(
    ([key, value]) => names.includes(key) || (["mimeType", "displayName"].includes(key) && typeof value === "string"),
  );
}

function named({ mimeType, displayName }: Extra): { mimeType: string | undefined; displayName: string | undefined } {
  return { mimeType: mimeType as string | undefined, displayName: displayName as string | undefined };
}

export function restOf(said: Extra, names: readonly string[]): Extra | undefined {
  const rest = without(said, names);
  return Object.keys(rest).length > 0 ? rest : undefined;
}

/** What else stood beside a part, put back; also into what stands in it. */
export function withRest(said: Extra, rest: Extra | undefined): Extra {
  const whole = { ...said };
  for (const [key, value] of Object.entries(rest ?? {})) {
    const before = whole[key];
    whole[key] = isObject(before) && isObject(value) ? { ...before, ...value } : value;
  }
  return whole;
}
