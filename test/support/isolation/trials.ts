// Every role, every operation, one's own and foreign organisations: each as a request, with what must come of it.
import { OWN_ORGANISATION, type RoleName, roleNames } from "../../../src/policy/contract.ts";
import { exampleOf } from "../api/example-of.ts";
import type { Operation } from "../api/operations.ts";
import { mayAsk } from "./expected.ts";
import { nameMark, type Seeded, textMark } from "./seed.ts";

/** `own` asks for what is one's own, `ids` names things of others, `header` asks about another organisation. */
export type Manner = "own" | "ids" | "header";

export interface Trial {
  operation: Operation;
  role: RoleName;
  from: Seeded;
  /** Whose things are named. */
  about: Seeded;
  manner: Manner;
}

export function trialsOf(operations: readonly Operation[], seeded: readonly Seeded[]): Trial[] {
  return operations.flatMap((operation) =>
    roleNames.flatMap((role) =>
      seeded.flatMap((from) =>
        seeded.flatMap((about): Trial[] => {
          const trial = { operation, role, from, about };
          if (from === about) return [{ ...trial, manner: "own" }];
          return [
            { ...trial, manner: "ids" },
            { ...trial, manner: "header" },
          ];
        }),
      ),
    ),
  );
}

/** What is wrong with the answer; empty where nothing is. */
export async function tryOne(url: string, trial: Trial): Promise<string[]> {
  const { operation, role, from, manner } = trial;
  const response = await fetch(url + addressOf(trial), {
    method: operation.method,
    headers: {
      authorization: `Bearer ${from.keys[role].secret}`,
      "content-type": "application/json",
      ...(manner === "header" && { "x-binnacle-organisation": trial.about.organisation }),
    },
    ...(operation.body && { body: JSON.stringify(exampleOf(operation.body)) }),
    redirect: "manual",
  });
  const isStream = operation.id === "calls.live" && response.ok;
  const text = isStream ? "" : await response.text();
  if (isStream) await response.body?.cancel();
  return problemsOf(trial, response.status, text).map((problem) => `${describe(trial)}: ${problem}`);
}

function problemsOf(trial: Trial, status: number, text: string): string[] {
  const { operation, role, from, about, manner } = trial;
  // By ids alone, one asks about one's own; but an organisation's own address names it.
  const isNamed = manner === "header" || (manner === "ids" && operation.id === "organisations.get");
  const asked = isNamed ? about.organisation : from.organisation;
  const isAllowed = mayAsk({ operation: operation.id, role, from: from.organisation, about: asked });
  const problems: string[] = [];
  if (status >= 500) problems.push(`it answers ${status}: ${text.slice(0, 300)}`);
  // A room may have reasons of its own, such as that this is for people alone.
  const isRefused = status === 401 || (status === 403 && !text.includes("identity.not_a_person"));
  if (isAllowed === isRefused)
    problems.push(`${isAllowed ? "allowed" : "forbidden"}, but it answers ${status}: ${text.slice(0, 200)}`);
  if (!isAllowed && !text.includes("governance.not_allowed"))
    problems.push("the refusal does not say governance.not_allowed");
  return [...problems, ...leaksIn(trial, text), ...othersTextsIn(trial, text), ...missingIn(trial, { status, text })];
}

/** Texts are never another's; names are told to who runs the installation alone. */
function leaksIn({ operation, role, from, about, manner }: Trial, text: string): string[] {
  // The audit trail is the installation's: of all that was done, with the names, never the texts.
  const isTrail = operation.id.startsWith("audit.") || operation.id.startsWith("compliance.");
  const runsAll = from.organisation === OWN_ORGANISATION && (isTrail || role === "owner" || role === "admin");
  // What an address names comes back in "there is no such thing".
  const own = manner === "own" ? [] : Object.values(about.ids);
  const told = own.reduce((rest, id) => rest.replaceAll(id, ""), text);
  return ["default", "acme", "globex"]
    .filter((each) => each !== from.organisation)
    .flatMap((each) => [
      ...(told.includes(textMark(each)) ? [`a text of ${each} is in the answer of ${operation.id}`] : []),
      ...(!runsAll && told.includes(nameMark(each)) ? [`a name of ${each} is in the answer of ${operation.id}`] : []),
    ]);
}

/** Whose texts a role sees within its organisation; all where it is not named. The owner's key is in the developer's project. */
const READS: Partial<Record<RoleName, readonly string[]>> = {
  operator: [],
  developer: ["developer", "owner"],
  member: ["member"],
  child: ["child"],
};

function othersTextsIn({ operation, role, from }: Trial, text: string): string[] {
  const reads = READS[role];
  if (!reads) return [];
  const said = [...text.matchAll(new RegExp(`${textMark(from.organisation)} said by (\\w+)`, "g"))].map(
    ([, by]) => by ?? "",
  );
  return said
    .filter((by) => !reads.includes(by))
    .map((by) => `a text of their ${by} is in the answer of ${operation.id}`);
}

const SHOWS_NAME =
  /^(calls|records|traces|sessions|activity|users|teams|projects|keys)\.(list|get|users)$|^export$|^records\.scores\.list$/;

/** So that an empty answer to everything is no success: owners see what is their own. */
function missingIn(
  { operation, role, from, manner }: Trial,
  { status, text }: { status: number; text: string },
): string[] {
  if (manner !== "own" || role !== "owner" || !SHOWS_NAME.test(operation.id) || operation.id === "keys.get") return [];
  return status === 200 && text.includes(nameMark(from.organisation)) ? [] : [`one's own is not shown (${status})`];
}

function addressOf({ operation, from, about, manner }: Trial): string {
  const family = operation.id.split(".")[0] ?? "";
  const isRead = operation.method === "GET";
  const ids: Record<string, string> = { ...about.ids, organisations: about.organisation };
  // What one may change is not there, so that all trials find the same; what one may not is.
  const named = isRead || manner !== "own" ? ids[family] : undefined;
  const path = operation.path.replace(/\{(\w+)\}/g, () => encodeURIComponent(named ?? "absent"));
  const query = new URLSearchParams(
    operation.parameters.filter((each) => each.in === "query" && each.required).map(({ name }) => [name, "absent"]),
  );
  if (manner === "ids" && operation.parameters.some(({ name }) => name === "filter"))
    query.set("filter", `${textMark(about.organisation)} OR key:${from.keys.owner.id} OR key:${about.keys.owner.id}`);
  return `/api/v1${path}${query.size > 0 ? `?${query.toString()}` : ""}`;
}

function describe({ operation, role, from, about, manner }: Trial): string {
  return `${from.organisation}'s ${role} asks ${operation.id} ${manner === "own" ? "of their own" : `of ${about.organisation} by ${manner}`}`;
}
