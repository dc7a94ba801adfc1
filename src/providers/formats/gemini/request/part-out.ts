// One canonical part as Google's for a vendor. What Gemini cannot say, or did not make itself, is dropped and said. Reasoning sees
// to itself: where its seal goes depends on what follows.
import type { Extra, Part } from "../../../contract.ts";
import { mediaFromPart, type MediaPart } from "../parts/media.ts";
import { withRest } from "../parts/read-part.ts";
import { writeServerTool } from "../parts/server-tools.ts";

export interface Writing {
  /** The caller spoke this dialect: every extra goes back to where it stood. */
  isOwn: boolean;
  /** The model refuses calls of functions in its own past without their signatures. */
  wantsSeals: boolean;
  /** Results of functions may hold pictures. */
  takesMediaResults: boolean;
  drop(what: string, why: string): void;
}

export const NO_WORD = "Gemini has no word for it";
const ELSEWHERE = "a file kept at another vendor cannot be shown";

type PlainPart = Exclude<Part, { type: "reasoning" }>;

/** Nothing, or one part. `path` is where it stands, in canonical words. */
export function writePart(part: PlainPart, path: string, writing: Writing): Extra[] {
  switch (part.type) {
    case "text":
      return writeText(part, path, writing);
    case "refusal":
      return part.text === "" ? [] : [{ text: part.text }];
    case "server_tool_call":
    case "server_tool_result": {
      const said = writing.isOwn ? writeServerTool(part) : undefined;
      return said ? [said] : dropped(path, "it ran at another vendor", writing);
    }
    case "other":
      return writing.isOwn ? [part.extra] : dropped(path, NO_WORD, writing);
    default:
      return writeMedia(part, path, writing);
  }
}

function writeText(part: Extract<Part, { type: "text" }>, path: string, writing: Writing): Extra[] {
  // Gemini refuses empty texts; they say nothing.
  if (!writing.isOwn && part.text === "") return [];
  if (part.citations?.length) writing.drop(`${path}.citations`, NO_WORD);
  return [finish({ text: part.text }, { part, path }, writing)];
}

function writeMedia(part: MediaPart, path: string, writing: Writing): Extra[] {
  const said = mediaFromPart(part);
  if (!said) return dropped(path, ELSEWHERE, writing);
  const detail = part.type === "image" ? part.detail : undefined;
  if (detail !== undefined && detail !== "auto") writing.drop(`${path}.detail`, NO_WORD);
  return [finish(said, { part, path }, writing)];
}

/** With all else that a caller of this dialect said. */
function finish(said: Extra, { part, path }: { part: PlainPart; path: string }, writing: Writing): Extra {
  if ("cache" in part && part.cache !== undefined) writing.drop(`${path}.cache`, "Gemini keeps what it saw by itself");
  if (writing.isOwn) return withRest(said, part.extra);
  for (const name of Object.keys(part.extra ?? {})) writing.drop(`${path}.${name}`, NO_WORD);
  return said;
}

function dropped(path: string, why: string, writing: Writing): Extra[] {
  writing.drop(path, why);
  return [];
}
