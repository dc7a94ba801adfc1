// The policies that decide now, and how others take their place: held to the schema and the bounds first, then in one step.
import { createHash } from "node:crypto";
import type { PolicyConfig } from "../config.ts";
import type { Decision, Question } from "../contract.ts";
import { isCaseFile } from "../cases/case-files.ts";
import { policyErrors } from "../errors.ts";
import { shippedPolicies } from "../shipped/shipped-policies.ts";
import type { ActionName } from "../vocabulary/actions.ts";
import type { Cedar } from "./cedar.ts";
import { compilePolicies, type Engine, type Parsed, parseShipped } from "./compile.ts";
import { createDecider, type Decider } from "./decide.ts";
import type { Mentions } from "./mentions.ts";
import type { PolicyText } from "./policy-text.ts";

export interface Candidate {
  engine: Engine;
  /** Its cases, too. */
  texts: readonly PolicyText[];
  /** With a memory of its own. */
  decider: Decider;
}

export interface Active {
  /**
   * Throws `policy.unreadable`, `policy.invalid`, `policy.id_twice`, `policy.id_fixed`, `policy.too_large`. `checkedAs`: the content
   * that they were held to the schema as, which takes most of the time and need not be done twice.
   */
  compile(texts: readonly PolicyText[], checkedAs?: string): Candidate;
  /** Does what can be done beforehand, once. */
  prepare(): void;
  use(candidate: Candidate): void;
  current(): Candidate | undefined;
  decide(question: Question): Decision;
  looksAt(action: ActionName): Mentions;
  close(): void;
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

export function createActive(config: PolicyConfig, { cedar, nowMs }: { cedar(): Cedar; nowMs(): number }): Active {
  const { decisions_max: decisionsMax, subjects_acted_for_max: actedForMax } = config;
  let active: Candidate | undefined;
  let shipped: readonly Parsed[] | undefined;
  const readShipped = (): readonly Parsed[] => (shipped ??= parseShipped(cedar()));
  return {
    prepare: () => void readShipped(),
    compile(texts, checkedAs) {
      requireBounds(texts, config);
      const version = contentOf(texts);
      const isChecked = checkedAs === version;
      const policies = policiesIn(texts);
      const slot = crypto.randomUUID();
      const engine = compilePolicies(cedar(), { slot, version, texts: policies, shipped: readShipped(), isChecked });
      const own = engine.policies.filter(({ isOwn }) => isOwn).length;
      if (own > config.policies_max) {
        engine.release();
        throw policyErrors.too_large({
          what: "policies",
          size: own,
          max: config.policies_max,
          key: "policy.policies_max",
        });
      }
      return { engine, texts, decider: createDecider(engine, { decisionsMax, actedForMax, nowMs }) };
    },
    use(candidate) {
      active?.engine.release();
      active = candidate;
    },
    current: () => active,
    decide: (question) => active?.decider.decide(question) ?? NOT_STARTED,
    looksAt: (action) => active?.engine.mentions(action) ?? NOTHING,
    close() {
      active?.engine.release();
      active = undefined;
    },
  };
}

function requireBounds(texts: readonly PolicyText[], { files_max, text_bytes_max }: PolicyConfig): void {
  if (texts.length > files_max)
    throw policyErrors.too_large({ what: "files", size: texts.length, max: files_max, key: "policy.files_max" });
  const bytes = texts.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  if (bytes > text_bytes_max)
    throw policyErrors.too_large({ what: "bytes", size: bytes, max: text_bytes_max, key: "policy.text_bytes_max" });
}

/** Cases decide nothing. */
const policiesIn = (texts: readonly PolicyText[]): PolicyText[] => texts.filter((text) => !isCaseFile(text));

/** Of what the policies say, the shipped ones too: the same in every process. */
export function contentOf(texts: readonly PolicyText[]): string {
  const hash = createHash("sha256");
  for (const { name, text } of [...shippedPolicies, ...policiesIn(texts)]) hash.update(`${name}\n${text}\n`);
  return hash.digest("hex").slice(0, VERSION_LENGTH);
}
