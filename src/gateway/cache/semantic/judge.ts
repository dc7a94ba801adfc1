// What is learnt of answers that were given to questions only alike: from callers who say whether one was right, and from comparisons
// with what the model said itself. A tenant's judgements count for its own calls only.
import { LRUCache } from "lru-cache";
import type { Embedder } from "../../../embedding/index.ts";
import type { CallRecord } from "../../../ledger/index.ts";
import { ofOrganisation } from "../../../governance/index.ts";
import { gatewayErrors } from "../../errors.ts";
import type { CachedCall } from "../cached-call.ts";
import type { SemanticConfig } from "./config.ts";
import type { Asked, Questions } from "./questions.ts";
import { saysTheSame } from "./same-answer.ts";
import { createThresholds } from "./thresholds.ts";

export interface Judge {
  thresholdFor(place: string): number;
  compare(
    texts: readonly [string | undefined, string | undefined],
    of: { place: string; similarity: number },
  ): Promise<void>;
  /**
   * What somebody says of an answer, by the record of the call that got it; false where that call was judged before. What was
   * wrong is not given to other questions any more. Throws `gateway.not_alike`.
   */
  judge(record: CallRecord, isCorrect: boolean): boolean;
  counts(): { judged_right: number; judged_wrong: number };
}

export interface JudgeDeps {
  embedder: Pick<Embedder, "embed">;
  questions: Pick<Questions, "ofCall">;
  forget(asked: Asked): void;
}

/** Calls that a judgement is remembered of. */
const JUDGED_MAX = 10_000;

export function createJudge(config: SemanticConfig, { embedder, questions, forget }: JudgeDeps): Judge {
  const thresholds = createThresholds(config);
  const judged = new LRUCache<string, true>({ max: JUDGED_MAX });
  const counts = { judged_right: 0, judged_wrong: 0 };

  function learn(place: string, judgement: { similarity: number; isCorrect: boolean }): void {
    counts[judgement.isCorrect ? "judged_right" : "judged_wrong"] += 1;
    thresholds.judged(place, judgement);
  }

  return {
    thresholdFor: thresholds.for,
    async compare([one, other], { place, similarity }) {
      const isCorrect = await saysTheSame(one, other, { embedder, at: config.same_answer_at });
      if (isCorrect !== undefined) learn(place, { similarity, isCorrect });
    },
    judge({ id, cached, who, route }, isCorrect) {
      const similarity = cached?.similarity;
      if (similarity === undefined) throw gatewayErrors.not_alike({ callId: id });
      if (judged.has(id)) return false;
      judged.set(id, true);
      learn(placeFor(who, route.name), { similarity, isCorrect });
      const from = cached?.call_id;
      if (!isCorrect && from) for (const asked of questions.ofCall(from)) forget(asked);
      return true;
    },
    counts: () => ({ ...counts }),
  };
}

/** Whose judgements count for a call. */
export function placeOf({ incoming: { principal }, plan }: CachedCall): string {
  const { team, project, keyId } = principal;
  return placeFor({ team, project, key_id: keyId, ...ofOrganisation(principal) }, plan.route.name);
}

type Whose = Pick<CallRecord["who"], "team" | "project" | "key_id" | "organisation">;

function placeFor({ team, project, key_id, organisation }: Whose, route: string) {
  const tenant = organisation === undefined ? [] : [organisation];
  return JSON.stringify(team === null && project === null ? [key_id, route] : [...tenant, team, project, route]);
}
