// The face of the policies: answers questions from memory, by the active version. Nothing is allowed before it has started.
import { createHash } from "node:crypto";
import type { World } from "../kernel/index.ts";
import type { PolicyConfig } from "./config.ts";
import type { Decision, Question } from "./contract.ts";
import { loadCedar } from "./engine/cedar.ts";
import { compilePolicies, type Engine } from "./engine/compile.ts";
import { createDecider, type Decider } from "./engine/decide.ts";
import type { PolicyText } from "./engine/policy-text.ts";
import type { Mentions } from "./engine/mentions.ts";
import { shippedPolicies } from "./shipped/shipped-policies.ts";
import type { ActionName } from "./vocabulary/actions.ts";

export interface Policies {
  /** Loads Cedar and the active policies. */
  start(): Promise<void>;
  close(): Promise<void>;
  /** From memory, in microseconds where such a question was asked before. Never throws: what cannot be decided is a no. */
  decide(question: Question): Decision;
  /** What the answers to an action depend on. Where it is not the resource, one question does for all; the rest need not be told. */
  looksAt(action: ActionName): Mentions;
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

const NONE: ReadonlySet<string> = new Set<string>([]);
const NOTHING: Mentions = { subject: NONE, resource: NONE, context: NONE };

export function createPolicies(config: PolicyConfig, { world }: PoliciesDeps): Policies {
  let active: { engine: Engine; decider: Decider } | undefined;

  return {
    async start() {
      const cedar = await loadCedar();
      const texts: PolicyText[] = [];
      const version = versionOf([...shippedPolicies, ...texts]);
      const engine = compilePolicies(cedar, { slot: crypto.randomUUID(), version, texts });
      const { decisions_max: decisionsMax, subjects_acted_for_max: actedForMax } = config;
      active = { engine, decider: createDecider(engine, { decisionsMax, actedForMax, nowMs: world.nowMs }) };
    },
    close() {
      active?.engine.release();
      active = undefined;
      return Promise.resolve();
    },
    decide: (question) => active?.decider.decide(question) ?? NOT_STARTED,
    looksAt: (action) => active?.engine.mentions(action) ?? NOTHING,
    version: () => active?.engine.version ?? NOT_STARTED.version,
  };
}

/** Of what the policies say, so that the same policies have the same version in every process. */
function versionOf(texts: readonly PolicyText[]): string {
  const hash = createHash("sha256");
  for (const { name, text } of texts) hash.update(`${name}\n${text}\n`);
  return hash.digest("hex").slice(0, VERSION_LENGTH);
}
