// A request whose answer broke off, as it is asked of somebody else: the caller's own words, then the answer so far, then the
// wish to go on from there. That is the portable way: most vendors no longer take an answer begun by others and finish it.
import type { DialectName, Extra } from "../contract.ts";
import type { CallerRequest } from "../exchange/caller-request.ts";
import { isObject } from "../formats/fields.ts";
import { lowerOutput, outputBound } from "../needs/lower-output.ts";

export interface SaidSoFar {
  text: string;
  /** What that took, about. */
  tokens: number;
}

/** Undefined for what is no chat. The rest may be as long as what is left of the answer's bound. */
export function continueRequest(request: CallerRequest, { text, tokens }: SaidSoFar): CallerRequest | undefined {
  if (request.operation !== "chat" || request.native) return undefined;
  const body: unknown = JSON.parse(request.text);
  if (!isObject(body)) return undefined;
  const continued = { ...request, text: JSON.stringify({ ...body, ...turnsAfter(request.dialect, body, text) }) };
  const bound = outputBound(request);
  return bound === undefined ? continued : lowerOutput(continued, Math.max(TOKENS_MIN, bound - tokens));
}

/** Some vendors take no smaller bound. */
const TOKENS_MIN = 16;

const GO_ON =
  "Your answer was cut off where it ends above. Go on from exactly there: write only what comes next, beginning with its very " +
  "next character. Repeat nothing, do not begin anew, and do not mention the break.";

/** The conversation with two turns more, under the name that the dialect has for it. */
function turnsAfter(dialect: DialectName, body: Extra, text: string): Extra {
  switch (dialect) {
    case "gemini":
      return {
        contents: [
          ...listOf(body["contents"]),
          { role: "model", parts: [{ text }] },
          { role: "user", parts: [{ text: GO_ON }] },
        ],
      };
    case "bedrock-converse":
      return {
        messages: [
          ...listOf(body["messages"]),
          { role: "assistant", content: [{ text }] },
          { role: "user", content: [{ text: GO_ON }] },
        ],
      };
    case "openai-responses":
      return {
        input: [
          ...inputOf(body["input"]),
          { type: "message", role: "assistant", content: [{ type: "output_text", text, annotations: [] }] },
          { type: "message", role: "user", content: [{ type: "input_text", text: GO_ON }] },
        ],
      };
    default:
      return {
        messages: [...listOf(body["messages"]), { role: "assistant", content: text }, { role: "user", content: GO_ON }],
      };
  }
}

/** Gemini takes a single turn without its list. */
function listOf(turns: unknown): unknown[] {
  if (Array.isArray(turns)) return turns;
  return turns === undefined || turns === null ? [] : [turns];
}

/** The Responses API takes a bare text. */
function inputOf(input: unknown): unknown[] {
  return typeof input === "string" ? [{ type: "message", role: "user", content: input }] : listOf(input);
}
