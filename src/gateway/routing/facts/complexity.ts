// How hard a request is, from its words and its shape alone: a guess from 0 (a greeting) to 1 (a long proof with tools), for
// `strategy: complexity`. It asks no model and reads at most a few thousand characters, so that it costs microseconds. Its
// words are English; of other languages it sees length, structure, code and figures. docs/guide/routing.md has its table.
import type { ChatRequest } from "../../../providers/contract.ts";
import { lastWords } from "./last-words.ts";

const READ_MAX = 4000;

interface Sign {
  /** What it adds when it is there in full. */
  weight: number;
  /** 0 to 1. */
  measure(asked: Asked): number;
}

interface Asked {
  /** The last words of the user. */
  text: string;
  request: ChatRequest;
}

/** Work that takes several steps of thought. */
const REASONING =
  /\b(?:prove|proof|deriv\w+|theorem|integral|eigen\w+|optimi[sz]\w*|algorithm\w*|complexity|trade-?offs?|architect\w+|design\w*|refactor\w*|debug\w*|implement\w*|analy[sz]\w+|evaluat\w+|compar\w+|contrast\w*|critiqu\w+|strateg\w+|diagnos\w+|reason\w*|explain why|step[- ]by[- ]step|root cause|how many|how much|calculat\w+|probabilit\w+|equation\w*|solve)\b/gi;
/** What an answer must also be. */
const CONSTRAINTS =
  /\b(?:must|should|without|exactly|at (?:least|most)|only if|unless|ensure|respectively|such that|given that|at the same time|no more than|each of|constraint\w*|require\w*)\b/gi;
/** What a small model does as well as a large one. */
const EASY =
  /^\W*(?:hi|hello|hey|thanks|thank you|good (?:morning|evening)|translate|summari[sz]e|classify|extract|rewrite|spell|define|what is|what's|who (?:is|was)|when (?:is|was|did)|where (?:is|was)|list|name)\b/i;
const CODE = /```|\b(?:function|class|def|import|SELECT|public static|#include|const|=>)\b|[{};]\s*$/m;
const MATHS =
  /[∑∫√≤≥≠∈∀∃π]|\\(?:frac|sum|int|sqrt|begin)\b|\$[^$\n]{2,}\$|\b\d+\s*[-+*/^=]\s*\d+|\b[a-z]\s*[=^]\s*[-\d(]/i;
const LISTED = /^\s*(?:\d+[.)]|[-*•])\s/gm;
/** Figures are the best single sign on benchmarks that say which model was right. */
const FIGURES = /\d+(?:[.,]\d+)*/g;
const LOGIC =
  /\b(?:if|then|therefore|because|however|although|whether|assum\w+|suppose|conclude|argu\w+|not|except|never|neither|nor|false|incorrect)\b/gi;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
/** Grows to 1 as the amount reaches `full`. */
const upTo = (full: number, amount: number): number => Math.min(1, amount / full);
/** The same, and the first ones count for more than the later. */
const soonUpTo = (full: number, amount: number): number => upTo(Math.log2(1 + full), Math.log2(1 + amount));

const signs: readonly Sign[] = [
  { weight: 0.15, measure: ({ text }) => soonUpTo(40, Math.floor(text.length / 50)) },
  { weight: 0.25, measure: ({ text }) => soonUpTo(12, count(text, FIGURES)) },
  { weight: 0.2, measure: ({ text }) => upTo(3, count(text, REASONING)) },
  { weight: 0.15, measure: ({ text }) => soonUpTo(6, count(text, LOGIC)) },
  { weight: 0.1, measure: ({ text }) => upTo(4, count(text, CONSTRAINTS)) },
  { weight: 0.15, measure: ({ text }) => (CODE.test(text) ? 1 : 0) },
  { weight: 0.15, measure: ({ text }) => (MATHS.test(text) ? 1 : 0) },
  { weight: 0.1, measure: ({ text }) => upTo(4, count(text, LISTED)) },
  { weight: 0.15, measure: ({ request }) => upTo(8, request.tools?.length ?? 0) },
  { weight: 0.1, measure: ({ request }) => upTo(12, request.messages.length - 1) },
  { weight: 0.3, measure: ({ request }) => (request.reasoning ? 1 : 0) },
  { weight: -0.1, measure: ({ text }) => (EASY.test(text) ? 1 : 0) },
];

/** 0 to 1, in hundredths. */
export function complexityOf(request: ChatRequest): number {
  const asked = { text: lastWords(request, READ_MAX), request };
  const sum = signs.reduce((total, { weight, measure }) => total + weight * measure(asked), 0);
  return Math.round(Math.min(1, Math.max(0, sum)) * 100) / 100;
}
