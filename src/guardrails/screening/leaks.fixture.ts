// Answers with something in them that must not go out, cut anywhere: what a caller then has is exactly what it should be. For tests
// and for drill `guardrails`.
import type { DialectName } from "../../providers/contract.ts";
import type { Detector, Finding } from "../contract.ts";
import { type ChecksBySide, compileChecks } from "../policies/policy.ts";
import { guardrailsConfigSchema } from "../config.ts";
import { createFindingsLog } from "./findings-log.ts";
import { createGuardedStream, type GuardedStream } from "./screen-stream.ts";
import { bytesIn, chunksOf, eventsOf, mediaTypeOf, type Random, readBack, type SaidText } from "./streams.fixture.ts";

export function patternDetector(kind: string, pattern: RegExp, reach: number): Detector {
  return {
    name: `${kind}s`,
    kinds: [kind],
    reach,
    find: (text): Finding[] =>
      [...text.matchAll(pattern)].map(({ 0: match, index }) => ({
        kind,
        start: index,
        end: index + match.length,
        score: 0.9,
        detector: `${kind}s`,
        why: `it looks like ${kind}`,
      })),
  };
}

export const plainDetectors: Detector[] = [
  patternDetector("email", /[a-z0-9.]{1,20}@[a-z0-9]{1,20}\.[a-z]{2,10}/g, 60),
  patternDetector("card", /\b\d(?:[ -]?\d){15}\b/g, 40),
];

type Mode = "mask" | "block" | "observe";

function checksIn(mode: Mode): ChecksBySide {
  const config = guardrailsConfigSchema.parse({ policies: { p: { checks: [{ kinds: ["email", "card"], mode }] } } });
  const { p } = config.policies;
  if (!p) throw new Error("no policy");
  return compileChecks([{ name: "p", config: p }], plainDetectors);
}

const checksBy: Record<Mode, ChecksBySide> = {
  mask: checksIn("mask"),
  block: checksIn("block"),
  observe: checksIn("observe"),
};

export function guardedStream(mediaType: string, mode: Mode = "mask") {
  const log = createFindingsLog(100);
  const stream = createGuardedStream({ checks: checksBy[mode], log, masks: undefined, mediaType, holdBackMax: 512 });
  return { stream, log };
}

export function throughAll(stream: Pick<GuardedStream, "push" | "end">, chunks: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([...chunks.map((chunk) => stream.push(chunk)), stream.end()]);
}

const SECRETS = ["ada.lovelace@example.com", "4111 1111 1111 1111", "4111111111111111", "bob@host.io"];
const WORDS = [
  "hello",
  "the",
  "price",
  "is",
  "42",
  "and",
  "so",
  "@",
  "ünï",
  "🌊",
  "4111",
  '"quoted"',
  "a@b",
  "\\n",
  "\n",
];

const pick = <T>(from: readonly T[], random: Random): T => {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
};

function sentence(random: Random): string {
  const words = Array.from({ length: 2 + Math.floor(random() * 12) }, () =>
    random() < 0.2 ? `<${pick(SECRETS, random)}>` : pick(WORDS, random),
  );
  return words.join(" ");
}

/** JSON as a model writes it: some of its characters escaped without need. */
function argumentsText(random: Random): string {
  const json = JSON.stringify({ to: pick(SECRETS, random), text: sentence(random) });
  return json.replaceAll(/[@1]/g, (character) =>
    random() < 0.3 ? `\\u00${character.charCodeAt(0).toString(16)}` : character,
  );
}

const SEVERAL_CHOICES: readonly DialectName[] = ["openai-chat", "gemini"];

export function randomAnswer(dialect: DialectName, random: Random): SaidText[] {
  const choices = SEVERAL_CHOICES.includes(dialect) && random() < 0.4 ? 2 : 1;
  return Array.from({ length: choices }, (_, choice): SaidText[] => {
    const text: SaidText = { choice, kind: "text", text: sentence(random) };
    const reasoning: SaidText[] = random() < 0.3 ? [{ choice, kind: "reasoning", text: sentence(random) }] : [];
    const call: SaidText[] = random() < 0.5 ? [{ choice, kind: "arguments", text: argumentsText(random) }] : [];
    return [...reasoning, text, ...call];
  }).flat();
}

/** What a caller should have: in place of each secret a mark. */
function masked(text: string): string {
  return text
    .replaceAll(/[a-z0-9.]{1,20}@[a-z0-9]{1,20}\.[a-z]{2,10}/g, "[EMAIL]")
    .replaceAll(/\b\d(?:[ -]?\d){15}\b/g, "[CARD]");
}

/** Undefined where all is well; else what the caller has, and what it should have. */
export function leakIn(dialect: DialectName, random: Random): { has: string; wanted: string } | undefined {
  const events = eventsOf(randomAnswer(dialect, random), random);
  const bytes = bytesIn(dialect, events);
  const { stream } = guardedStream(mediaTypeOf(dialect));
  const shown = throughAll(stream, chunksOf(bytes, random));
  const has = plainly(readBack(dialect, shown));
  const wanted = masked(plainly(readBack(dialect, bytes)));
  return has === wanted ? undefined : { has, wanted };
}

/** Escapes in what tools are called with say the same, written out. */
function plainly(text: string): string {
  return text.replaceAll(/\\u00(40|31)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
