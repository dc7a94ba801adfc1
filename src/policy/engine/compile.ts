// From the texts of policies to something that answers questions. What does not parse, or does not fit the schema, is told
// with the place where it stands.
import type { Decision, Question } from "../contract.ts";
import { policyErrors } from "../errors.ts";
import { shippedPolicies } from "../shipped/shipped-policies.ts";
import type { PolicyText } from "./policy-text.ts";
import { type ActionName, actions, type ActionSpec } from "../vocabulary/actions.ts";
import { writeSchema } from "../vocabulary/schema.ts";
import type { Cedar, DetailedError, PolicyJson } from "./cedar.ts";
import { requireKeptObligations } from "./obligations.ts";
import { entitiesOf, entityOf, subjectUid } from "./entities.ts";
import { actionsOf, type Mentions, mentionsOf } from "./mentions.ts";

export interface CompiledPolicy {
  readonly id: string;
  /** The file that it stands in. */
  readonly name: string;
  /** Not one of those that are part of the program. */
  readonly isOwn: boolean;
  readonly effect: "permit" | "forbid";
  readonly why: string;
  readonly obligations: readonly string[];
}

export interface Engine {
  readonly version: string;
  readonly policies: readonly CompiledPolicy[];
  mentions(action: string): Mentions | undefined;
  /** By one subject alone: whoever it acts for is not asked. Nothing is thrown; what cannot be answered is a no. */
  evaluate(question: Question): Decision;
  /** Forgets the policies in Cedar's memory. */
  release(): void;
}

/** Those of the program itself: no other may take their ids. */
const FIXED = "builtin.";

export interface Parsed extends CompiledPolicy {
  readonly text: string;
  readonly json: PolicyJson;
}

/**
 * Beside the shipped policies; one that has the id of a shipped role takes its place.
 * Throws `policy.unreadable`, `policy.invalid`, `policy.id_twice` or `policy.id_fixed`.
 */
export function compilePolicies(cedar: Cedar, { slot, version, texts, shipped, isChecked }: CompileOptions): Engine {
  const own = texts.flatMap((each) => parseText(cedar, each, true));
  requireOwnIds(own);
  if (!isChecked) requireValid(cedar, own);
  if (!isChecked) requireKeptObligations(own);
  const replaced = new Set(own.map(({ id }) => id));
  const parsed = [...shipped.filter(({ id }) => !replaced.has(id)), ...own];
  const staticPolicies = Object.fromEntries(parsed.map(({ id, text }) => [id, text]));
  requireSuccess(cedar.preparsePolicySet(slot, { staticPolicies }), "the policies");
  const slots = createSlots(cedar, slot, parsed);
  const mentions = mentionsOf(parsed.map(({ json }) => json));
  const byId = new Map(parsed.map((policy) => [policy.id, policy]));
  return {
    version,
    policies: parsed.map(({ text: _text, json: _json, ...policy }) => policy),
    mentions: (action) => mentions.get(action as ActionName),
    evaluate: (question) => evaluate(cedar, { slotFor: slots.slotFor, version, byId }, question),
    release: slots.release,
  };
}

interface CompileOptions {
  /** A name of its own in Cedar's memory. */
  slot: string;
  version: string;
  /** Those that the installation has of its own. */
  texts: readonly PolicyText[];
  shipped: readonly Parsed[];
  /** They were held to the schema before. */
  isChecked: boolean;
}

export function parseShipped(cedar: Cedar): Parsed[] {
  return shippedPolicies.flatMap((each) => parseText(cedar, each, false));
}

function parseText(cedar: Cedar, { name, text }: PolicyText, isOwn: boolean): Parsed[] {
  const parts = cedar.policySetTextToParts(text);
  if (parts.type === "failure") throw unreadable(name, text, parts.errors);
  if (parts.policy_templates.length > 0)
    throw policyErrors.unreadable({ file: name, problem: "it has a template (?principal, ?resource)" });
  return parts.policies.map((one, index) => {
    const answer = cedar.policyToJson(one);
    if (answer.type === "failure") throw unreadable(name, one, answer.errors);
    const { annotations = {}, effect } = answer.json;
    const id = annotations["id"] ?? `${name}#${index + 1}`;
    const why = annotations["why"] ?? `${effect === "permit" ? "allowed" : "forbidden"} by ${id}`;
    const obligations = (annotations["obligation"] ?? "").split(/[\s,]+/).filter((each) => each !== "");
    return { id, name, isOwn, effect, why, obligations, text: one, json: answer.json };
  });
}

function unreadable(file: string, text: string, errors: readonly DetailedError[]): Error {
  const first = errors[0];
  const start = first?.sourceLocations?.[0]?.start;
  const line = start === undefined ? undefined : text.slice(0, start).split("\n").length;
  const expected = first?.sourceLocations?.[0]?.label;
  const problem = `${first?.message ?? "it does not parse"}${expected ? ` (${expected})` : ""}`;
  return policyErrors.unreadable({ file, ...(line === undefined ? {} : { line }), problem });
}

function requireOwnIds(policies: readonly Parsed[]): void {
  const seen = new Map<string, string>();
  for (const { id, name } of policies) {
    if (id.startsWith(FIXED)) throw policyErrors.id_fixed({ id, file: name });
    const other = seen.get(id);
    if (other !== undefined) throw policyErrors.id_twice({ id, files: other === name ? name : `${other} and ${name}` });
    seen.set(id, name);
  }
}

/** The shipped ones are held to the schema by a test, and not at each start: that takes a good part of a second. */
function requireValid(cedar: Cedar, policies: readonly Parsed[]): void {
  if (policies.length === 0) return;
  const staticPolicies = Object.fromEntries(policies.map(({ id, text }) => [id, text]));
  const answer = cedar.validate({ schema: writeSchema(), policies: { staticPolicies } });
  if (answer.type === "failure")
    throw policyErrors.invalid({ id: "the policies", problem: answer.errors[0]?.message ?? "they do not parse" });
  const first = answer.validationErrors[0];
  if (first === undefined) return;
  const { message, help } = first.error;
  const file = policies.find(({ id }) => id === first.policyId)?.name;
  throw policyErrors.invalid({
    id: first.policyId,
    ...(file === undefined ? {} : { file }),
    problem: help === null || help === undefined ? message : `${message}; ${help}`,
  });
}

function requireSuccess(answer: { type: string; errors?: readonly DetailedError[] }, what: string): void {
  if (answer.type === "success") return;
  throw policyErrors.invalid({ id: what, problem: answer.errors?.[0]?.message ?? "Cedar does not take it" });
}

/** A set for each action that is asked for, of the policies whose heads let it through: Cedar looks at all of a set each time. */
function createSlots(cedar: Cedar, whole: string, policies: readonly Parsed[]) {
  const slots = new Map<string, string>();
  const forget = (slot: string): void => void cedar.preparsePolicySet(slot, { staticPolicies: {} });
  return {
    slotFor(action: ActionName): string {
      const known = slots.get(action);
      if (known !== undefined) return known;
      const own = policies.filter(({ json }) => actionsOf(json).includes(action));
      const slot = `${whole} ${action}`;
      const staticPolicies = Object.fromEntries(own.map(({ id, text }) => [id, text]));
      requireSuccess(cedar.preparsePolicySet(slot, { staticPolicies }), "the policies");
      slots.set(action, slot);
      return slot;
    },
    release: () => [whole, ...slots.values()].forEach(forget),
  };
}

interface Active {
  slotFor(action: ActionName): string;
  version: string;
  byId: ReadonlyMap<string, Parsed>;
}

function evaluate(cedar: Cedar, { slotFor, version, byId }: Active, question: Question): Decision {
  const no = (why: string): Decision => ({ allowed: false, policies: [], why, obligations: [], version });
  const action = (actions as Record<string, ActionSpec>)[question.action];
  if (action === undefined) return no(`there is no action ${question.action}`);
  if (!action.on.some((type) => type === question.resource.type))
    return no(`${question.action} is not asked of a ${question.resource.type}`);
  const answer = cedar.statefulIsAuthorized({
    principal: subjectUid(question.subject),
    action: { type: "Action", id: question.action },
    resource: entityOf(question.resource),
    context: knownContext(action, question),
    preparsedPolicySetId: slotFor(question.action as ActionName),
    validateRequest: false,
    entities: entitiesOf(question, action.group),
  });
  if (answer.type === "failure") return no(`it could not be decided: ${answer.errors[0]?.message ?? "unknown"}`);
  const { decision, diagnostics } = answer.response;
  // Cedar passes over a policy that fails; one that forbids must not be lost that way.
  const failed = diagnostics.errors[0];
  if (failed !== undefined)
    return { ...no(`a policy failed: ${failed.error.message}`), policies: diagnostics.errors.map((e) => e.policyId) };
  const deciding = diagnostics.reason.toSorted().flatMap((id) => byId.get(id) ?? []);
  if (deciding.length === 0) return no("no policy allows it");
  return {
    allowed: decision === "allow",
    policies: deciding.map(({ id }) => id),
    why: deciding[0]?.why ?? "",
    obligations: [...new Set(deciding.flatMap(({ obligations }) => obligations))],
    version,
  };
}

/** What the schema does not know of an action is not told: Cedar would take it for a mistake. */
function knownContext(
  { context = [] }: ActionSpec,
  question: Question,
): Record<string, string | number | boolean | string[]> {
  const given = question.context ?? {};
  const known = [...context, "hour", "weekday"].filter((name) => given[name] !== undefined);
  return Object.fromEntries(known.map((name) => [name, cedarValue(given[name])]));
}

const cedarValue = (value: unknown): string | number | boolean | string[] =>
  value as string | number | boolean | string[];
