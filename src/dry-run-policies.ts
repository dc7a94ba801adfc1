// Where policies and the record meet: other policies over the calls of the last days, read page by page.
import { type Governance, plainKey, type Principal } from "./governance/index.ts";
import { isAppError, type World } from "./kernel/index.ts";
import type { CallQuery, Ledger } from "./ledger/index.ts";
import { type DryRun, type PastCall, type Policies, type PolicyText, replayCalls } from "./policy/index.ts";

export interface DryRunDeps {
  policies: Policies;
  ledger: Pick<Ledger, "listCalls">;
  governance: Pick<Governance, "identify" | "subjectOf">;
  world: Pick<World, "nowMs">;
  callsMax: number;
}

export type DryRunPolicies = (wish: { files: readonly PolicyText[]; days: number }, by: Principal) => Promise<DryRun>;

const DAY_MS = 86_400_000;
const PAGE = 200;

export function createDryRun(deps: DryRunDeps): DryRunPolicies {
  const { policies, governance, world, callsMax } = deps;
  return async ({ files, days }, by) => {
    const sinceMs = Math.floor(world.nowMs() - days * DAY_MS);
    const rehearsal = policies.rehearse(files, governance.subjectOf(by));
    try {
      return await replayCalls(rehearsal, { calls: pastCalls(deps, sinceMs), sinceMs, callsMax });
    } finally {
      rehearsal.release();
    }
  };
}

/** Newest first. Copies of calls are not calls of anybody. */
async function* pastCalls({ ledger, governance }: DryRunDeps, sinceMs: number): AsyncGenerator<PastCall> {
  const principals = new Map<string, Principal>();
  const query: CallQuery = { limit: PAGE, since_ms: sinceMs };
  for (;;) {
    const { calls, next_cursor: cursor } = await ledger.listCalls(query);
    for (const call of calls.filter(({ shadow_of }) => !shadow_of)) {
      const { who, answer, error } = call;
      const principal = principals.get(who.key_id) ?? (await principalOf(who, governance));
      principals.set(who.key_id, principal);
      yield {
        id: call.id,
        subject: governance.subjectOf(principal),
        model: call.model,
        startedAtMs: call.started_at_ms,
        costUsdMicros: call.cost.usd_micros,
        target: answer && { id: answer.target, vendor: answer.vendor, model: answer.model },
        wasServed: call.outcome !== "refused",
        wasForbidden: error !== null && FORBIDDEN.has(error.code),
      };
    }
    if (cursor === null) return;
    query.cursor = cursor;
  }
}

const FORBIDDEN = new Set(["governance.forbidden", "gateway.placement_forbidden", "gateway.tool_forbidden"]);

/** As the key is today; one that is gone is taken for one that could call. */
async function principalOf(
  {
    key_id: keyId,
    key_name: keyName,
    user,
    team,
    project,
  }: { key_id: string; key_name: string } & Pick<Principal, "user" | "team" | "project">,
  { identify }: Pick<Governance, "identify">,
): Promise<Principal> {
  try {
    return await identify.byKeyId(keyId);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ...plainKey(["call"]), keyId, keyName, scopes: ["call"], user, team, project };
  }
}
