// The checks that know the whole call: what of its texts is not to be trusted, the word that must not come out, how long it is, and
// what its answer rests on.
import type { AppError } from "../../kernel/index.ts";
import { editRequest, type TextPlace } from "../../providers/index.ts";
import { canaryDetector, canaryText } from "../checks/canary.ts";
import { groundedShare } from "../checks/grounding.ts";
import { spotlight, SPOTLIGHT_NOTES } from "../checks/spotlight.ts";
import { taintDetector } from "../checks/taint.ts";
import type { Detector, Side } from "../contract.ts";
import type { CompiledPolicies } from "../policies/compile.ts";
import { mindedAs } from "../policies/meant-by.ts";
import type { ChecksBySide, Decided, Mode, NamedPolicy } from "../policies/policy.ts";
import { type FindingsLog, refusalOf } from "./findings-log.ts";

export interface CallChecks {
  bySide: ChecksBySide;
  /** The request with what makes attacks harder. */
  prepare(request: string, addSystem: (request: string, text: string) => string): string;
  requestTooLong(log: FindingsLog): AppError | undefined;
  /** Told of an answer's text as it comes; gives why no more of it may. */
  watchText(log: FindingsLog): ((text: string) => AppError | undefined) | undefined;
  /** Of an answer that is here whole. */
  ungrounded(answer: readonly TextPlace[], log: FindingsLog): AppError | undefined;
}

export function createCallChecks(compiled: CompiledPolicies, places: readonly TextPlace[]): CallChecks {
  const { policies } = compiled;
  const untrusted = places.filter(({ kind }) => kind === "tool_result" || kind === "retrieved");
  const canary = policies.find(({ config }) => config.canary !== undefined);
  const spotlit = policies.find(({ config }) => config.spotlight !== "off")?.config.spotlight ?? "off";

  return {
    bySide: withDetectors(compiled, { canary, untrusted, places }),
    prepare(request, addSystem) {
      let text = request;
      if (spotlit !== "off" && untrusted.length > 0) {
        text = editRequest(text, (place) => spotlight(place, spotlit)) ?? text;
        text = addSystem(text, SPOTLIGHT_NOTES[spotlit]);
      }
      return canary ? addSystem(text, canaryText(compiled.canaryWord)) : text;
    },
    requestTooLong(log) {
      const length = places.reduce((sum, { text }) => sum + text.length, 0);
      return tooLong(policies, { side: "input", length }, log);
    },
    watchText(log) {
      if (policies.every(({ config }) => config.length_max.output === undefined)) return undefined;
      let length = 0;
      return (text) => tooLong(policies, { side: "output", length: (length += text.length) }, log);
    },
    ungrounded(answer, log) {
      const policy = policies.find(({ config }) => config.grounding);
      const retrieved = untrusted.map(({ text }) => text).join("\n");
      if (!policy?.config.grounding || retrieved === "") return undefined;
      const { share_min: least, mode } = policy.config.grounding;
      const text = answer.flatMap(({ kind, text: said }) => (kind === "output" ? [said] : [])).join("\n");
      const share = groundedShare(text, retrieved);
      if (share === undefined || share >= least) return undefined;
      const why = `${Math.round(share * 100)} % of its sentences have their words in the retrieved text, of ${Math.round(least * 100)} % wanted`;
      return note(log, { policy: policy.name, kind: "ungrounded", mode, score: 1 - share, why }, "output");
    },
  };
}

interface Noted {
  policy: string;
  kind: string;
  mode: Mode;
  score: number;
  why: string;
}

/** Gives the error where that ends the call. */
function note(log: FindingsLog, noted: Noted, side: Side): AppError | undefined {
  const found: Decided = { ...noted, start: 0, end: 0, detector: noted.kind };
  log.add(found, { side, place: "" });
  return noted.mode === "block" || noted.mode === "ask" ? refusalOf(found, side) : undefined;
}

function tooLong(
  policies: readonly NamedPolicy[],
  { side, length }: { side: "input" | "output"; length: number },
  log: FindingsLog,
): AppError | undefined {
  const policy = policies.find(({ config }) => length > (config.length_max[side] ?? Number.POSITIVE_INFINITY));
  if (!policy) return undefined;
  const why = `it is longer than ${policy.config.length_max[side]} characters`;
  return note(log, { policy: policy.name, kind: "length", mode: "block", score: 1, why }, side);
}

interface OfCall {
  canary: NamedPolicy | undefined;
  untrusted: readonly TextPlace[];
  places: readonly TextPlace[];
}

function withDetectors(compiled: CompiledPolicies, { canary, untrusted, places }: OfCall): ChecksBySide {
  const { bySide, policies, canaryWord } = compiled;
  const taint = policies.find(({ config }) => config.taint !== undefined);
  let checks = bySide;
  if (canary?.config.canary) {
    const own = { policy: canary.name, mode: canary.config.canary, detector: canaryDetector(canaryWord) };
    checks = withDetector(withDetector(checks, "output", own), "tool_arguments", own);
  }
  if (taint?.config.taint && untrusted.length > 0) {
    const trusted = places.filter(({ kind }) => kind === "user" || kind === "system");
    const own = { policy: taint.name, mode: taint.config.taint, detector: taintDetector(untrusted, trusted) };
    checks = withDetector(checks, "tool_arguments", own);
  }
  return checks;
}

interface Own {
  policy: string;
  mode: Mode;
  detector: Detector;
}

function withDetector(bySide: ChecksBySide, side: Side, { policy, mode, detector }: Own): ChecksBySide {
  const { checks, detectors } = bySide[side];
  const minded = new Set(detector.kinds.map((kind) => mindedAs({ detector: detector.name, kind })));
  const check = { policy, mode, minded, scoreMin: 0 };
  return { ...bySide, [side]: { checks: [...checks, check], detectors: [...detectors, detector] } };
}
