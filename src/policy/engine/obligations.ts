// What policies may demand beside their yes. One that nothing keeps would be a promise that nobody holds, so it is refused with its
// policy: guardrails keep them, and they see calls alone. Whether a guardrail of that name exists is known where the call is.
import { policyErrors } from "../errors.ts";
import type { PolicyJson } from "./cedar.ts";
import { actions } from "../vocabulary/actions.ts";
import { actionsOf } from "./mentions.ts";

const KEPT = /^((guardrails|observe|mask|ask|block):[\w.-]{1,100}|require_approval(:[\w.-]{1,100})?)$/;

interface Demanding {
  readonly id: string;
  /** The file that it stands in. */
  readonly name: string;
  readonly obligations: readonly string[];
  readonly json: PolicyJson;
}

/** Throws `policy.invalid`. */
export function requireKeptObligations(policies: readonly Demanding[]): void {
  for (const { id, name: file, obligations, json } of policies) {
    if (obligations.length === 0) continue;
    const unknown = obligations.find((each) => !KEPT.test(each));
    if (unknown !== undefined) {
      const problem = `nothing keeps the obligation ${JSON.stringify(unknown)}; there are guardrails:NAME, and observe:, mask:, ask: and block: with a kind of finding, require_approval and require_approval:ROLE`;
      throw policyErrors.invalid({ id, file, problem });
    }
    const other = actionsOf(json).find((action) => actions[action].group !== "serving");
    if (other === undefined) continue;
    const problem = `its obligation cannot be kept for the action ${other}: name the actions of calls, or \`action in Action::"serving"\``;
    throw policyErrors.invalid({ id, file, problem });
  }
}
