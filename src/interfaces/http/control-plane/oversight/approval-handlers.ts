// Approvals: whoever may read sees them; who decides one, its approvers say.
import type { Approvals, Person } from "../../../../approvals/index.ts";
import type { Principal } from "../../../../governance/index.ts";
import type { Doors } from "../doors.ts";

export function approvalHandlers({ approvals: routes }: Doors, approvals: Approvals) {
  return {
    list: routes.list.handler(({ input, context }) => approvals.list(input, personOf(context.principal))),
    counts: routes.counts.handler(({ context }) => approvals.counts(personOf(context.principal))),
    get: routes.get.handler(({ input, context }) => approvals.get(input.id, context.principal.organisation)),
    ask: routes.ask.handler(({ input, context }) =>
      approvals.request({
        what: input.what,
        why: input.why,
        action: input.action,
        resource: input.resource,
        approvers: input.approvers,
        deadlineMs: input.deadline_ms,
        onSilence: input.on_silence,
        escalateTo: input.escalate_to,
        payloadHash: input.payload_hash,
        askedBy: personOf(context.principal),
      }),
    ),
    // Its approvers are named in it: whoever is none of them is refused there.
    decide: routes.decide.handler(({ input: { id, decision, note }, context }) =>
      approvals.decide(id, personOf(context.principal), { decision, note, via: "api" }),
    ),
    use: routes.use.handler(({ input, context }) =>
      approvals.use(input.id, personOf(context.principal), input.payload_hash),
    ),
    delegations: {
      list: routes.delegations.list.handler(async ({ context }) => ({
        delegations: await approvals.delegations.list(personOf(context.principal)),
      })),
      create: routes.delegations.create.handler(({ input, context }) =>
        approvals.delegations.create(personOf(context.principal), input),
      ),
      delete: routes.delegations.delete.handler(async ({ input, context }) => {
        await approvals.delegations.end(personOf(context.principal), input.id);
        return { ended: input.id };
      }),
    },
  };
}

export function personOf({ kind, keyId, keyName, user, organisation, roles }: Principal): Person {
  return { kind, id: keyId, name: keyName, user, organisation, roles };
}
