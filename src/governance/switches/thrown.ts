// What is switched off now, as calls ask it: by who calls, by what is asked for, and by the target that would serve it.
import { type AppError, createNameMatch } from "../../kernel/index.ts";
import { governanceErrors } from "../errors.ts";
import type { Principal } from "../principal.ts";
import type { Switch, SwitchKind } from "./contract.ts";

/** As much of a call as is known where it is asked about. */
export interface SwitchedCall {
  principal?: Pick<Principal, "kind" | "organisation" | "keyId" | "keyName" | "user" | "team" | "project"> | undefined;
  /** Whom the caller names, beside the key's own. */
  user?: string | null | undefined;
  /** As the caller names it. */
  model?: string | undefined;
  route?: string | undefined;
  agent?: string | null | undefined;
  /** Worked out only while a tool is switched off. */
  tools?: (() => readonly string[]) | undefined;
}

export interface SwitchedTarget {
  /** `vendor/model`. */
  id: string;
  vendor: string;
  model: string;
}

/** Those that are thrown, at one moment: another change makes another one. */
export interface Thrown {
  readonly switches: readonly Switch[];
  /** `governance.switched_off`, where the call is. */
  ofCall(call: SwitchedCall): AppError | undefined;
  /** The same for a target: other targets may serve the call. */
  ofTarget(target: SwitchedTarget): AppError | undefined;
}

interface Compiled {
  off: Switch;
  matches(name: string): boolean;
}

/** Undefined where there is none. */
export function createThrown(switches: readonly Switch[], nowMs: () => number): Thrown | undefined {
  if (switches.length === 0) return undefined;
  const compiled = switches.map((off): Compiled => ({ off, matches: createNameMatch(off.name) }));
  const holds = ({ off }: Compiled): boolean => off.ends_at_ms === null || off.ends_at_ms > nowMs();
  return {
    switches,
    ofCall(call) {
      const found = compiled.find((each) => concernsCall(each, call) && holds(each));
      return found && refusalOf(found.off, "never");
    },
    ofTarget(target) {
      const found = compiled.find((each) => concernsTarget(each, target) && holds(each));
      return found && refusalOf(found.off, "now");
    },
  };
}

type ReadNames = (call: SwitchedCall) => readonly (string | null | undefined)[];

const NAMES_OF: Record<Exclude<SwitchKind, "installation">, ReadNames> = {
  organisation: ({ principal }) => [principal?.organisation],
  team: ({ principal }) => [principal?.team],
  project: ({ principal }) => [principal?.project],
  user: ({ principal, user }) => [principal?.user, user],
  key: ({ principal }) => [principal?.keyId, principal?.keyName],
  model: ({ model }) => [model],
  // A request in a vendor's own words; others by the targets that they would go to.
  vendor: () => [],
  route: ({ route }) => [route],
  agent: ({ principal, agent }) => [
    agent,
    ...(principal?.kind === "agent" ? [principal.keyId, principal.keyName] : []),
  ],
  tool: ({ tools }) => tools?.() ?? [],
};

function concernsCall({ off, matches }: Compiled, call: SwitchedCall): boolean {
  if (off.kind === "installation") return true;
  return NAMES_OF[off.kind](call).some((name) => typeof name === "string" && matches(name));
}

function concernsTarget({ off, matches }: Compiled, { id, vendor, model }: SwitchedTarget): boolean {
  if (off.kind === "vendor") return matches(vendor);
  return off.kind === "model" && (matches(id) || matches(model));
}

function refusalOf(off: Switch, retry: "never" | "now"): AppError {
  return governanceErrors.switched_off({
    what: off.kind === "installation" ? "whole installation" : `${off.kind} ${JSON.stringify(off.name)}`,
    isAll: off.kind === "installation",
    id: off.id,
    reason: off.reason,
    since: new Date(off.thrown_at_ms).toISOString(),
    until: off.ends_at_ms === null ? null : new Date(off.ends_at_ms).toISOString(),
    again: retry,
  });
}
