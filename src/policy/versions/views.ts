// Versions and policies as the API shows them.
import type { Policies } from "../policies.ts";
import type { CompiledPolicy } from "../engine/compile.ts";
import type { ActivePoliciesView, PolicyVersionView, PolicyView } from "./contract.ts";
import type { StoredVersion } from "./store.ts";

export function viewOfVersion(version: StoredVersion): PolicyVersionView {
  const { number, state, note, content, approvedAtMs, approvedBy, approvedByName } = version;
  return {
    number,
    state,
    note,
    content,
    proposed: { key_id: version.proposedBy, key_name: version.proposedByName, at_ms: version.proposedAtMs },
    approved:
      approvedBy === null || approvedAtMs === null
        ? null
        : { key_id: approvedBy, key_name: approvedByName ?? "", at_ms: approvedAtMs },
  };
}

export const viewOfPolicy = ({ id, name, effect, why, obligations }: CompiledPolicy): PolicyView => ({
  id,
  file: name,
  effect,
  why,
  obligations: [...obligations],
});

export function viewOfActive(active: ReturnType<Policies["active"]>): ActivePoliciesView {
  if (!active) return { source: "shipped", number: null, content: "none", policies: [], files: [] };
  const { source, number, candidate } = active;
  const { engine, texts } = candidate;
  return {
    source,
    number,
    content: engine.version,
    policies: engine.policies.map(viewOfPolicy),
    files: texts.map((each) => ({ ...each })),
  };
}
