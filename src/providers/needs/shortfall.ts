// What a request needs and a target has not, known before anything is sent. A request is read whole only where its bytes
// hint at such a need, so that the usual call does not pay for it.
import type { ChatRequest } from "../contract.ts";
import { type CallerRequest, readRequest } from "../exchange/caller-request.ts";
import { estimateTokens } from "./estimate-tokens.ts";

/** As far as is known of a model. */
export interface Abilities {
  /** Input and output together; null when not known. */
  context_tokens: number | null;
  output_tokens_max: number | null;
  /** `tools`, `vision`, `audio`, `video`, …; empty when nothing is known. */
  capabilities: readonly string[];
  /** The operator said so; data that comes with the program may be behind what a vendor offers by now. */
  isDeclared: boolean;
}

export interface Shortfall {
  /** `takes no pictures`. */
  why: string;
  isCertain: boolean;
}

interface Need {
  capability: string;
  /** May stand in requests that have the need, in any dialect. */
  hint: RegExp;
  isIn(request: ChatRequest): boolean;
  why: string;
}

const hasPart =
  (type: string) =>
  ({ messages }: ChatRequest): boolean =>
    messages.some(({ parts }) => parts.some((part) => part.type === type));

const needs: readonly Need[] = [
  { capability: "vision", hint: /image/i, isIn: hasPart("image"), why: "takes no pictures" },
  { capability: "audio", hint: /audio/i, isIn: hasPart("audio"), why: "takes no sound" },
  { capability: "video", hint: /video/i, isIn: hasPart("video"), why: "takes no video" },
  {
    capability: "tools",
    hint: /"tool/i,
    isIn: ({ tools, tool_choice: choice }) => choice !== "none" && tools?.some(({ server }) => !server) === true,
    why: "calls no tools",
  },
];

/** An estimate of tokens may be off by about this much; only beyond it a request is surely too long. */
const SURELY = 0.75;

/** Undefined where nothing is known to be wanting. Never throws: a request that does not hold is for its dialect to refuse. */
export function shortfallOf(request: CallerRequest, abilities: Abilities): Shortfall | undefined {
  if (request.operation !== "chat") return undefined;
  const { context_tokens: context, capabilities, isDeclared: isCertain } = abilities;
  const { text } = request;
  const missing =
    capabilities.length === 0
      ? []
      : needs.filter(({ capability, hint }) => !capabilities.includes(capability) && hint.test(text));
  const isLong = context !== null && text.length > context;
  if (missing.length === 0 && !isLong) return undefined;
  const read = tryRead(request);
  if (!read) return undefined;
  const wanting = missing.find(({ isIn }) => isIn(read));
  if (wanting) return { why: wanting.why, isCertain };
  const tokens = isLong ? estimateTokens(read) : 0;
  if (context === null || tokens * SURELY <= context) return undefined;
  return { why: `has room for ${context} tokens, and these are about ${tokens}`, isCertain };
}

function tryRead(request: CallerRequest): ChatRequest | undefined {
  try {
    return readRequest(request);
  } catch {
    return undefined;
  }
}
