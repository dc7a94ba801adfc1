// Looks for the nearest question that no guard tells apart from one, and whose answer is still there.
import type { Embedder } from "../../../embedding/index.ts";
import type { World } from "../../../kernel/index.ts";
import type { Found, KeptAnswers } from "../kept-answers.ts";
import type { CacheWish } from "../key/read-wish.ts";
import type { SemanticConfig } from "./config.ts";
import type { Question } from "./find-question.ts";
import { toldApartBy } from "./guards/index.ts";
import type { Asked, Questions } from "./questions.ts";

export interface Lookup {
  /** Undefined when there is none in time; that is counted, and said in the log now and then. */
  vectorOf(text: string, signal?: AbortSignal): Promise<Float32Array | undefined>;
  /** At least as near as the config's threshold. */
  look(question: Question, wish: CacheWish, signal: AbortSignal): Promise<NearAnswer | undefined>;
  readonly withoutVector: number;
}

export interface NearAnswer {
  found: Found;
  similarity: number;
}

export interface LookupDeps {
  answers: KeptAnswers;
  questions: Questions;
  embedder: Pick<Embedder, "embed">;
  world: Pick<World, "nowMs" | "log">;
}

/** Candidates that the guards look at. */
const CANDIDATES_MAX = 20;
const WARNED_EVERY_MS = 60_000;

export function createLookup(config: SemanticConfig, { answers, questions, embedder, world }: LookupDeps): Lookup {
  let withoutVector = 0;
  let warnedAtMs = Number.NEGATIVE_INFINITY;

  async function vectorOf(text: string, signal?: AbortSignal): Promise<Float32Array | undefined> {
    try {
      const [vector] = await embedder.embed([text], signal);
      return vector;
    } catch (error) {
      withoutVector += 1;
      const nowMs = world.nowMs();
      if (!signal?.aborted && nowMs - warnedAtMs > WARNED_EVERY_MS) {
        warnedAtMs = nowMs;
        world.log.warn({ err: error }, "a question got no vector, and so no answer to one that is alike");
      }
      return undefined;
    }
  }

  async function keptFor({ key }: Asked, wish: CacheWish): Promise<Found | undefined> {
    let found = answers.atHand(key);
    if (!found && answers.mayHave(key)) [found] = await answers.fetch([key]);
    return found && world.nowMs() - found.kept.storedAtMs <= wish.ageMsMax ? found : undefined;
  }

  return {
    vectorOf,
    async look(question, wish, signal) {
      const vector = await vectorOf(question.text, signal);
      if (!vector) return undefined;
      const near = questions.near(question.group, vector, { least: config.threshold, nowMs: world.nowMs() });
      for (const { asked, similarity } of near.slice(0, CANDIDATES_MAX)) {
        if (toldApartBy(question.text, asked.text, config.wording) !== undefined) continue;
        // Its answer may have been purged, or not be heard of yet.
        const found = await keptFor(asked, wish);
        if (found) return { found, similarity };
      }
      return undefined;
    },
    get withoutVector() {
      return withoutVector;
    },
  };
}
