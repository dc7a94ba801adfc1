// Policies as calls meet them: which apply, what they look for on each side, and of several modes the strictest.
import type { GuardrailsConfig, PolicyConfig } from "../config.ts";
import { meantBy, mindedAs } from "./meant-by.ts";
import { type Detector, type Finding, type Side, sides } from "../contract.ts";

export type Mode = PolicyConfig["checks"][number]["mode"];

export interface NamedPolicy {
  name: string;
  config: PolicyConfig;
}

/** Who calls what, as far as policies ask. */
export interface Caller {
  /** As the caller names it. */
  model: string;
  dataClass: string | null;
  keyId: string;
  keyName: string;
  team: string | null;
  project: string | null;
  /** What the policies that allowed the call demand, such as `guardrails:child_safe`. */
  obligations?: readonly string[] | undefined;
}

export function policiesFor(policies: readonly NamedPolicy[], caller: Caller): NamedPolicy[] {
  return policies.filter(({ config }) => appliesTo(config.applies_to, caller));
}

function appliesTo(
  { routes, data_classes: classes, keys, teams, projects }: PolicyConfig["applies_to"],
  { model, dataClass, keyId, keyName, team, project }: Caller,
): boolean {
  if (routes && !routes.includes(model)) return false;
  if (classes && (dataClass === null || !classes.includes(dataClass))) return false;
  if (keys && !keys.includes(keyId) && !keys.includes(keyName)) return false;
  if (teams && (team === null || !teams.includes(team))) return false;
  return !projects || (project !== null && projects.includes(project));
}

export function namedPolicies({ policies }: GuardrailsConfig): NamedPolicy[] {
  return Object.entries(policies).map(([name, config]) => ({ name, config }));
}

export interface Check {
  policy: string;
  /** What is minded, as `mindedAs` writes it. */
  minded: ReadonlySet<string>;
  mode: Mode;
  scoreMin: number;
}

export interface SideChecks {
  checks: readonly Check[];
  /** Those that can find any of it. */
  detectors: readonly Detector[];
}

export type ChecksBySide = Readonly<Record<Side, SideChecks>>;

/** What applies together, put together once. */
export function compileChecks(policies: readonly NamedPolicy[], detectors: readonly Detector[]): ChecksBySide {
  const ofSide = (side: Side): SideChecks => {
    const checks = policies.flatMap(({ name, config }) =>
      config.checks
        .filter((check) => check.on.includes(side))
        .map((check): Check => ({
          policy: name,
          minded: new Set(check.kinds.flatMap((said) => meantBy(said, detectors)?.map(mindedAs) ?? [])),
          mode: check.mode,
          scoreMin: check.score_min,
        })),
    );
    return {
      checks,
      detectors: detectors.filter((detector) => checks.some(({ minded }) => isMinded(detector, minded))),
    };
  };
  // One of each side.
  return Object.fromEntries(sides.map((side) => [side, ofSide(side)])) as ChecksBySide;
}

function isMinded({ name, kinds }: Detector, minded: ReadonlySet<string>): boolean {
  return kinds.some((kind) => minded.has(mindedAs({ detector: name, kind })));
}

const STRICTNESS: Record<Mode, number> = { observe: 0, mask: 1, ask: 2, block: 3 };

export function isStricter(one: Mode, other: Mode): boolean {
  return STRICTNESS[one] > STRICTNESS[other];
}

export interface Decided extends Finding {
  policy: string;
  mode: Mode;
}

/** Undefined where no check minds it. */
export function decide(finding: Finding, checks: readonly Check[]): Decided | undefined {
  let decided: Check | undefined;
  for (const check of checks) {
    if (finding.score < check.scoreMin || !check.minded.has(mindedAs(finding))) continue;
    if (!decided || isStricter(check.mode, decided.mode)) decided = check;
  }
  return decided && { ...finding, policy: decided.policy, mode: decided.mode };
}
