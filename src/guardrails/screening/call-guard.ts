// The guardrails of one call: what they do with its request, its answer, and what was masked on the way.
import type { StreamEditor } from "../../providers/index.ts";
import type { CompiledPolicies } from "../policies/compile.ts";
import { createCallChecks } from "./call-checks.ts";
import { type Asked, createFindingsLog, type GuardrailFinding } from "./findings-log.ts";
import type { CallGuardOptions, GuardState } from "./guard-state.ts";
import { createRestoringStream, restoreAnswer } from "./restore.ts";
import { type AnswerText, bytesOf, isStream, openStream, screenAnswer, textOf } from "./screen-answer.ts";
import { type RequestText, screenRequest } from "./screen-request.ts";
import type { GuardedStream } from "./screen-stream.ts";

export interface CallGuard {
  /** The same for calls under the same policies: an answer that is kept was checked by these. */
  readonly id: string;
  /** Which demands of policies of authority these keep. */
  readonly obligations: readonly string[];
  /** So far, for the record. */
  readonly findings: GuardrailFinding[];
  /** The request as it goes on record: as it was sent or, where it was not, without what was in the way. */
  readonly request: string | undefined;
  /** The request as it may go on. Throws `guardrails.*`. */
  screenRequest(request: RequestText): string | Promise<string>;
  /** What a person must agree to before that goes on which was looked at last; gives it once. */
  takeAsked(): readonly Asked[];
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

export function createCallGuard(compiled: CompiledPolicies, options: CallGuardOptions): CallGuard {
  const state: GuardState = {
    ...options,
    compiled,
    log: createFindingsLog(options.findingsMax),
    masks: undefined,
    checks: createCallChecks(compiled, []),
    shown: undefined,
    asked: [],
  };
  const originals = (): ReadonlyMap<string, string> => state.masks?.originals ?? new Map<string, string>();
  const openRestoring = (mediaType: string): StreamEditor => createRestoringStream(mediaType, originals());
  return {
    id: compiled.id,
    obligations: options.obligations,
    findings: state.log.findings,
    get request() {
      return state.shown;
    },
    screenRequest: (request) => screenRequest(state, request),
    takeAsked: () => state.asked.splice(0),
    screensAnswers: compiled.screensAnswers,
    wantsWholeAnswer: compiled.wantsWholeAnswer,
    screenAnswer: (answer) => screenAnswer(state, answer),
    openStream: (mediaType) => openStream(state, mediaType),
    get restores() {
      return originals().size > 0;
    },
    restoreAnswer(answer) {
      if (!isStream(answer)) return restoreAnswer(textOf(answer.content), originals());
      const stream = openRestoring(answer.mediaType);
      return Buffer.concat([stream.push(bytesOf(answer.content)), stream.end()]);
    },
    openRestoring,
  };
}
