// What a caller is told when a guardrail says no, and what can be wrong with asking one.
import { defineErrors } from "../kernel/index.ts";

const SEEN = "The call's record says which check found what, and where.";

export const guardrailsErrors = defineErrors("guardrails", {
  blocked: (p: { policy: string; kind: string; side: string; why: string }) => ({
    status: 400,
    message: `The guardrail ${JSON.stringify(p.policy)} blocked this ${p.side}: ${p.why}.`,
    fix: `Leave out what it found (${p.kind}), or ask who administers the guardrails. ${SEEN}`,
  }),
  needs_approval: (p: { policy: string; kind: string; side: string; why: string }) => ({
    status: 403,
    message: `The guardrail ${JSON.stringify(p.policy)} wants a person to agree to this ${p.side}: ${p.why}.`,
    fix: `Ask who approves such calls, or leave out what it found (${p.kind}). ${SEEN}`,
  }),
  unreadable: (p: { policies: string; what: string }) => ({
    status: 400,
    message: `${p.what} cannot be looked at by the guardrails of this call (${p.policies}), and so it is not sent.`,
    fix: "Send it as a chat in JSON, or set `unreadable: pass` in those policies, under guardrails.policies.",
  }),
  check_failed: (p: { policy: string; check: string; problem: string }) => ({
    status: 503,
    message: `The check ${JSON.stringify(p.check)} of the guardrail ${JSON.stringify(p.policy)} could not be made: ${p.problem}.`,
    fix: "Try again; the check is set to refuse calls while it does not answer (on_failure: closed).",
  }),
  unknown_demand: (p: { obligation: string }) => ({
    status: 503,
    message: `A policy allows this call under the obligation ${JSON.stringify(p.obligation)}, which nothing here can keep, and so it is not sent.`,
    fix: "In the policy's `@obligation`, name a guardrail policy or a detector (guardrails:NAME), or a mode and a kind (mask:pii); `binnacle guardrails list` shows them.",
  }),
  unknown_policy: (p: { name: string; known: string[]; param: string }) => ({
    status: 404,
    message: `There is no guardrail policy ${JSON.stringify(p.name)}.`,
    fix:
      p.known.length > 0
        ? `There are ${p.known.join(", ")}.`
        : "Policies stand in the configuration, under guardrails.policies.",
  }),
});
