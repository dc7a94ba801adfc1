// Approvals: whoever may read sees them; who decides one, its approvers say.
import type { Approvals, Person } from "../../../../approvals/index.ts";
import type { Principal } from "../../../../governance/index.ts";
import type { Doors } from "../doors.ts";

export function approvalHandlers({ reader, caller, anyone }: Doors, approvals: Approvals) {
  return {
    list: reader.approvals.list.handler(({ input, context }) => approvals.list(input, personOf(context.principal))),
    counts: reader.approvals.counts.handler(({ context }) => approvals.counts(personOf(context.principal))),
    get: reader.approvals.get.handler(({ input, context }) => approvals.get(input.id, context.principal.organisation)),
    ask: caller.approvals.ask.handler(({ input, context }) =>
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
    decide: anyone.approvals.decide.handler(({ input: { id, decision, note }, context }) =>
      approvals.decide(id, personOf(context.principal), { decision, note, via: "api" }),
    ),
    use: caller.approvals.use.handler(({ input, context }) =>
      approvals.use(input.id, personOf(context.principal), input.payload_hash),
    ),
    delegations: {
      list: reader.approvals.delegations.list.handler(async ({ context }) => ({
        delegations: await approvals.delegations.list(personOf(context.principal)),
      })),
      create: anyone.approvals.delegations.create.handler(({ input, context }) =>
        approvals.delegations.create(personOf(context.principal), input),
      ),
      delete: anyone.approvals.delegations.delete.handler(async ({ input, context }) => {
        await approvals.delegations.end(personOf(context.principal), input.id);
        return { ended: input.id };
      }),
    },
  };
}

export function personOf({ kind, keyId, keyName, user, organisation, roles }: Principal): Person {
  return { kind, id: keyId, name: keyName, user, organisation, roles };
}
