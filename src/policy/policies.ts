// The face of the policies: answers questions from memory, by the active version. Nothing is allowed before it has started.
import { createHash } from "node:crypto";
import type { World } from "../kernel/index.ts";
import type { PolicyConfig } from "./config.ts";
import type { Decision, Question } from "./contract.ts";
import { loadCedar } from "./engine/cedar.ts";
import { compilePolicies, type Engine, type PolicyText } from "./engine/compile.ts";
import { createDecider, type Decider } from "./engine/decide.ts";
import { shippedPolicies } from "./shipped/shipped-policies.ts";

export interface Policies {
  /** Loads Cedar and the active policies. */
  start(): Promise<void>;
  close(): Promise<void>;
  /** From memory, in microseconds where such a question was asked before. Never throws: what cannot be decided is a no. */
  decide(question: Question): Decision;
  /** Whether the answer to an action depends on which resource of a kind it is about: else one question does for all. */
  distinguishes(action: string): boolean;
  version(): string;
}

export interface PoliciesDeps {
  world: Pick<World, "nowMs">;
}

const VERSION_LENGTH = 12;
const NOT_STARTED: Decision = {
  allowed: false,
  policies: [],
  why: "the policies are not loaded yet",
  obligations: [],
  version: "none",
};

export function createPolicies(config: PolicyConfig, { world }: PoliciesDeps): Policies {
  let active: { engine: Engine; decider: Decider } | undefined;

  return {
    async start() {
      const cedar = await loadCedar();
      const texts = shippedPolicies;
      const engine = compilePolicies(cedar, { slot: crypto.randomUUID(), version: versionOf(texts), texts });
      const { decisions_max: decisionsMax, subjects_acted_for_max: actedForMax } = config;
      active = { engine, decider: createDecider(engine, { decisionsMax, actedForMax, nowMs: world.nowMs }) };
    },
    close() {
      active?.engine.release();
      active = undefined;
      return Promise.resolve();
    },
    decide: (question) => active?.decider.decide(question) ?? NOT_STARTED,
    distinguishes(action) {
      const mentions = active?.engine.mentions(action);
      return mentions === undefined || mentions.resource.size > 0;
    },
    version: () => active?.engine.version ?? NOT_STARTED.version,
  };
}

/** Of what the policies say, so that the same policies have the same version in every process. */
function versionOf(texts: readonly PolicyText[]): string {
  const hash = createHash("sha256");
  for (const { name, text } of texts) hash.update(`${name}\n${text}\n`);
  return hash.digest("hex").slice(0, VERSION_LENGTH);
}
