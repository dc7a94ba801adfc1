// The guardrails of one call: what they do with its request, its answer, and what was masked on the way.
import type { AppError } from "../../kernel/index.ts";
import { answerPlaces, editPlaces, isEventStream, requestPlaces, type StreamEditor } from "../../providers/index.ts";
import { guardrailsErrors } from "../errors.ts";
import type { Decided } from "../policies/policy.ts";
import type { CompiledPolicies } from "../policies/compile.ts";
import { createMasks, type Masks } from "../texts/masks.ts";
import { createFindingsLog, type GuardrailFinding } from "./findings-log.ts";
import { createRestoringStream, restoreAnswer } from "./restore.ts";
import { createGuardedStream, type GuardedStream } from "./screen-stream.ts";
import { type Screening, screenPlace, sideInAnswer, sideInRequest } from "./screen-texts.ts";
import { createCallChecks, type CallChecks } from "./call-checks.ts";
import type { FoundOutside, Outside } from "../outside/outside.ts";

export interface CallGuard {
  /** The same for calls under the same policies: an answer that is kept was checked by these. */
  readonly id: string;
  /** So far, for the record. */
  readonly findings: GuardrailFinding[];
  /** The request as it goes on record: as it was sent or, where it was not, without what was in the way. */
  readonly request: string | undefined;
  /** The request as it may go on. Throws `guardrails.*`. */
  screenRequest(request: RequestText): string | Promise<string>;
  readonly screensAnswers: boolean;
  /** Some check can only look at an answer that is here whole, and may refuse it. */
  readonly wantsWholeAnswer: boolean;
  /** A whole answer, which may be a stream that came at once. Throws `guardrails.*`. */
  screenAnswer(answer: AnswerText): AnswerText["content"] | Promise<AnswerText["content"]>;
  openStream(mediaType: string): GuardedStream;
  /** Whether something was masked that the caller gets back. */
  readonly restores: boolean;
  restoreAnswer(answer: AnswerText): AnswerText["content"];
  openRestoring(mediaType: string): StreamEditor;
}

export interface RequestText {
  text: string;
  /** False for forms and requests in a vendor's own words. */
  isReadable: boolean;
  /** Puts words of ours before its messages. */
  addSystem(request: string, text: string): string;
}

export interface AnswerText {
  content: string | Uint8Array;
  mediaType: string;
  /** Gemini's streams that are no events. */
  isArray?: boolean;
}

export interface CallGuardOptions {
  holdBackMax: number;
  findingsMax: number;
  outside: Outside;
  /** How many requests of this caller were nearly this one lately; left out where nobody counts. */
  countAlike?: ((text: string) => number) | undefined;
  /** From so many on it is on record. */
  alikeMin: number;
}

export function createCallGuard(
  compiled: CompiledPolicies,
  { holdBackMax, findingsMax, outside, countAlike, alikeMin }: CallGuardOptions,
): CallGuard {
  const log = createFindingsLog(findingsMax);
  const { unmasks, refusesUnreadable, names } = compiled;
  let masks: Masks | undefined;
  let shown: string | undefined;
  let checks: CallChecks = createCallChecks(compiled, []);
  const screening = (own: Masks | undefined, found?: FoundOutside): Screening => ({
    checks: checks.bySide,
    log,
    masks: own,
    outside: found,
  });

  function unreadable(text: string, what: string): string {
    if (refusesUnreadable) throw guardrailsErrors.unreadable({ policies: names.join(", "), what });
    return text;
  }

  function screenRequest({ text, isReadable, addSystem }: RequestText): string | Promise<string> {
    const places = isReadable ? requestPlaces(text) : undefined;
    if (!places) return unreadable(text, "This request");
    masks = unmasks ? createMasks(text) : undefined;
    checks = createCallChecks(compiled, places);
    const tooLong = checks.requestTooLong(log);
    const last = countAlike && places.findLast(({ kind }) => kind === "user");
    if (last && countAlike(last.text) >= alikeMin) log.add(PROBING, { side: "input", place: last.path });
    const screen = (found?: FoundOutside): string => {
      const own = screening(masks, found);
      let refusal = tooLong;
      const masked = editPlaces(text, places, (place) => {
        const screened = screenPlace(place, sideInRequest(place.kind), own);
        refusal ??= screened.refusal;
        return screened.edits;
      });
      shown = masked;
      if (refusal) throw refusal;
      shown = checks.prepare(masked, addSystem);
      return shown;
    };
    const asked = outside.find(places, { compiled, log, sideOf: sideInRequest });
    return asked ? asked.then(screen) : screen();
  }

  function openStream(mediaType: string): GuardedStream {
    return createGuardedStream({ ...screening(undefined), mediaType, holdBackMax, onText: checks.watchText(log) });
  }

  function screenJson(json: string): string | Promise<string> {
    const places = answerPlaces(json);
    if (!places) return unreadable(json, "The answer to this request");
    const watch = checks.watchText(log);
    for (const { kind, text } of places) {
      const tooLong = kind === "output" ? watch?.(text) : undefined;
      if (tooLong) throw tooLong;
    }
    const unfounded = checks.ungrounded(places, log);
    if (unfounded) throw unfounded;
    const screen = (found?: FoundOutside): string => {
      const own = screening(undefined, found);
      return editPlaces(json, places, (place) => {
        const { edits, refusal } = screenPlace(place, sideInAnswer(place.kind), own);
        if (refusal) throw refusal;
        return edits;
      });
    };
    const asked = outside.find(places, { compiled, log, sideOf: sideInAnswer });
    return asked ? asked.then(screen) : screen();
  }

  return {
    id: compiled.id,
    findings: log.findings,
    get request() {
      return shown;
    },
    screenRequest,
    screensAnswers: compiled.screensAnswers,
    wantsWholeAnswer: compiled.wantsWholeAnswer,
    screenAnswer({ content, mediaType, isArray }) {
      if (!isStream(mediaType, isArray)) return screenJson(textOf(content));
      return throughStream(openStream(mediaType), content);
    },
    openStream,
    get restores() {
      return (masks?.originals.size ?? 0) > 0;
    },
    restoreAnswer({ content, mediaType, isArray }) {
      const originals = masks?.originals ?? NO_ORIGINALS;
      if (!isStream(mediaType, isArray)) return restoreAnswer(textOf(content), originals);
      const stream = createRestoringStream(mediaType, originals);
      return Buffer.concat([stream.push(bytesOf(content)), stream.end()]);
    },
    openRestoring: (mediaType) => createRestoringStream(mediaType, masks?.originals ?? NO_ORIGINALS),
  };
}

const PROBING: Decided = {
  policy: "probing",
  kind: "probing",
  mode: "observe",
  detector: "probing",
  score: 1,
  start: 0,
  end: 0,
  why: "many requests that are nearly the same",
};

const NO_ORIGINALS: ReadonlyMap<string, string> = new Map();

function isStream(mediaType: string, isArray: boolean | undefined): boolean {
  return isEventStream(mediaType) || isArray === true;
}

function throughStream(stream: GuardedStream, content: AnswerText["content"]): Uint8Array {
  const bytes = Buffer.concat([stream.push(bytesOf(content)), stream.end()]);
  const refusal: AppError | undefined = stream.refusal;
  if (refusal) throw refusal;
  return bytes;
}

function textOf(content: AnswerText["content"]): string {
  return typeof content === "string" ? content : Buffer.from(content).toString();
}

function bytesOf(content: AnswerText["content"]): Uint8Array {
  return typeof content === "string" ? Buffer.from(content) : content;
}
