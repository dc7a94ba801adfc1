// Answers, and keeps them. Two ways to an answer that is known: by the very object that asks, and by what the policies look
// at of whoever asks, so that the first call of a thousandth key costs what the tenth call of the first one does.
import type { AttributeValue, Decision, Question, Subject } from "../contract.ts";
import type { Engine } from "./compile.ts";
import { EVERYTHING, type Mentions } from "./mentions.ts";

export interface Decider {
  decide(question: Question): Decision;
  /** For a figure: kept answers, and questions that Cedar was asked. */
  counts(): { kept: number; evaluated: number };
}

export interface DeciderOptions {
  decisionsMax: number;
  actedForMax: number;
  nowMs(): number;
}

type Kept = Map<string, Decision>;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** 1 January 1970 was a Thursday. */
const FIRST_WEEKDAY = 4;

export function createDecider(engine: Engine, { decisionsMax, actedForMax, nowMs }: DeciderOptions): Decider {
  let bySubject = new WeakMap<Subject, Kept>();
  let byProjection: Kept = new Map();
  let kept = 0;
  let evaluated = 0;
  const needs = createNeeds(engine);

  function decide(question: Question): Decision {
    const { subject } = question;
    const key = keyOf(question, needs(question.action), nowMs);
    const known = bySubject.get(subject)?.get(key);
    if (known !== undefined) return known;
    const decision = decideAnew(question, key);
    keep(subject, key, decision);
    return decision;
  }

  function decideAnew(question: Question, key: string): Decision {
    const own = decideAlone(question, key);
    let decision = own;
    let acting = question.subject;
    // Nobody has more than who they act for: each in the row must be allowed.
    for (let depth = 0; decision.allowed && acting.onBehalfOf !== undefined; depth += 1) {
      if (depth === actedForMax) return { ...own, allowed: false, policies: [], why: "too many act for each other" };
      acting = acting.onBehalfOf;
      decision = together(decision, decideAlone({ ...question, subject: acting }, key));
    }
    return decision;
  }

  function decideAlone(question: Question, key: string): Decision {
    const mentions = engine.mentions(question.action);
    const projected = `${key}\n${subjectKey(question.subject, mentions)}`;
    const known = byProjection.get(projected);
    if (known !== undefined) return known;
    evaluated += 1;
    const decision = engine.evaluate(withTime(question, nowMs));
    if (kept < decisionsMax) byProjection.set(projected, decision);
    kept += 1;
    return decision;
  }

  function keep(subject: Subject, key: string, decision: Decision): void {
    if (kept >= decisionsMax) forget();
    const there = bySubject.get(subject);
    if (there) there.set(key, decision);
    else bySubject.set(subject, new Map([[key, decision]]));
    kept += 1;
  }

  function forget(): void {
    bySubject = new WeakMap();
    byProjection = new Map();
    kept = 0;
  }

  return { decide, counts: () => ({ kept, evaluated }) };
}

/** What of a question goes into its key, worked out once an action. */
interface Needs {
  id: boolean;
  attributes: readonly string[] | undefined;
  context: readonly string[] | undefined;
  hour: boolean;
  weekday: boolean;
}

const NOTHING: Needs = { id: false, attributes: undefined, context: undefined, hour: false, weekday: false };

function createNeeds(engine: Engine): (action: string) => Needs {
  const known = new Map<string, Needs>();
  return (action) => {
    const there = known.get(action);
    if (there !== undefined) return there;
    const mentions = engine.mentions(action);
    // Unknown actions are answered with a no, and not remembered: their names come from outside.
    if (mentions === undefined) return NOTHING;
    const needs = needsOf(mentions);
    known.set(action, needs);
    return needs;
  };
}

function needsOf({ resource, context }: Mentions): Needs {
  const isWhole = resource.has(EVERYTHING);
  const all = context.has(EVERYTHING);
  const attributes = isWhole ? [EVERYTHING] : [...resource].filter((name) => name !== "id");
  const circumstances = all ? [EVERYTHING] : [...context].filter((name) => name !== "hour" && name !== "weekday");
  return {
    id: isWhole || resource.has("id"),
    attributes: attributes.length > 0 ? attributes : undefined,
    context: circumstances.length > 0 ? circumstances : undefined,
    hour: all || context.has("hour"),
    weekday: all || context.has("weekday"),
  };
}

function keyOf({ action, resource, context }: Question, needs: Needs, nowMs: () => number): string {
  let key = `${action}\n${resource.type}\n${resource.organisation}`;
  if (needs.id) key += `\n${resource.id.length}:${resource.id}`;
  if (needs.attributes) key += `\n${projection(resource.attributes, needs.attributes)}`;
  if (needs.context) key += `\n${projection(context, needs.context)}`;
  if (needs.hour || needs.weekday) {
    const now = timeOf(nowMs());
    if (needs.hour) key += `\nh${String(context?.["hour"] ?? now.hour)}`;
    if (needs.weekday) key += `\nd${String(context?.["weekday"] ?? now.weekday)}`;
  }
  return key;
}

function projection(values: Readonly<Record<string, AttributeValue>> | undefined, names: readonly string[]): string {
  if (values === undefined) return "";
  if (names[0] === EVERYTHING) return JSON.stringify(Object.entries(values).toSorted());
  let key = "";
  for (const name of names) key += partOf(values[name]);
  return key;
}

/** A text with its length, so that no two lists of values come to the same. */
function partOf(value: AttributeValue | undefined): string {
  if (value === undefined) return "-;";
  if (typeof value === "string") return `${value.length}:${value};`;
  return `${JSON.stringify(value)};`;
}

function subjectKey(subject: Subject, mentions: Mentions | undefined): string {
  const { kind, organisation, roles, id, team, project, user } = subject;
  const all = { id, roles: roles.toSorted(), team, project, user };
  const isWhole = mentions?.subject.has(EVERYTHING) ?? true;
  const seen = Object.entries(all).filter(([name]) => isWhole || mentions?.subject.has(name));
  return JSON.stringify([kind, organisation, seen]);
}

const timeOf = (nowMs: number): { hour: number; weekday: number } => ({
  hour: Math.floor((nowMs % DAY_MS) / HOUR_MS),
  weekday: ((Math.floor(nowMs / DAY_MS) + FIRST_WEEKDAY - 1) % 7) + 1,
});

function withTime(question: Question, nowMs: () => number): Question {
  return { ...question, context: { ...timeOf(nowMs()), ...question.context } };
}

function together(one: Decision, other: Decision): Decision {
  if (!other.allowed) return other;
  return {
    ...one,
    policies: [...new Set([...one.policies, ...other.policies])],
    obligations: [...new Set([...one.obligations, ...other.obligations])],
  };
}
