// What may go wrong with approvals.
import { defineErrors } from "../kernel/index.ts";

export const approvalsErrors = defineErrors("approvals", {
  unknown: (p: { id: string }) => ({
    status: 404,
    message: `There is no approval with the id ${JSON.stringify(p.id)}.`,
    fix: "`binnacle approvals list` shows the ids.",
  }),
  settled: (p: { id: string; state: string; by: string }) => ({
    status: 409,
    message: `The approval ${p.id} is settled: ${p.state}, by ${p.by}. Nothing was changed.`,
    fix: "`binnacle approvals show` says who decided. Whoever asked may ask anew.",
  }),
  not_approver: (p: { id: string; who: string }) => ({
    status: 403,
    message: `This key has no voice in the approval ${p.id}: ${p.who} may decide it.`,
    fix: "Ask one of them, or let one of them delegate: `binnacle approvals delegate`.",
  }),
  oneself: (p: { id: string }) => ({
    status: 403,
    message: `The approval ${p.id} was asked for by yourself, or in whose place you decide: it needs somebody else.`,
    fix: "Ask another approver.",
  }),
  voted: (p: { id: string }) => ({
    status: 409,
    message: `This voice was given to the approval ${p.id} before. Nothing was changed.`,
    fix: "`binnacle approvals show` says what was decided so far; everybody has one voice.",
  }),
  needed: (p: { id: string; what: string; deadline: string }) => ({
    status: 403,
    retry: "later",
    message: `${p.what} needs an approval first; it is asked for as ${p.id}, until ${p.deadline}.`,
    fix: `Try again once somebody has approved it: \`binnacle approvals approve ${p.id}\`.`,
  }),
  refused: (p: { id: string; by: string; note: string }) => ({
    status: 403,
    message: `The approval ${p.id} was refused by ${p.by}${p.note === "" ? "" : `: ${p.note}`}.`,
    fix: "Mend what stands against it, then ask anew: what is changed needs a new approval.",
  }),
  suggest_only: (p: { agent: string; action: string }) => ({
    status: 403,
    message: `${p.agent} may suggest ${p.action}, and not do it: its answer is not given out.`,
    fix: "Do not offer it that tool, or allow it more in approvals.autonomy.",
  }),
  unread: (p: { agent: string; what: string }) => ({
    status: 403,
    message: `${p.agent} may not do everything by itself, and ${p.what} is not read here; so it is not sent.`,
    fix: "Send it as a chat in a dialect that is read (/v1/chat/completions, /v1/messages, /v1/responses), or allow the agent more in approvals.autonomy.",
  }),
  not_approved: (p: { id: string; state: string }) => ({
    status: 409,
    message: `The approval ${p.id} cannot be used: it is ${p.state}.`,
    fix: "An approval is used once, after it was given, within approvals.use_within. Ask for another one.",
  }),
  payload_changed: (p: { id: string }) => ({
    status: 409,
    message: `The approval ${p.id} is for something else than what would be done now.`,
    fix: "What was changed needs an approval of its own.",
  }),
  too_many: (p: { max: number }) => ({
    status: 429,
    message: `${p.max} approvals are pending, the bound.`,
    fix: "Decide some, or raise approvals.pending_max.",
  }),
  bad_deadline: (p: { most: string }) => ({
    status: 400,
    message: "The deadline is in the past, or too far away, or before the escalation.",
    fix: `Give one within ${p.most} from now (approvals.deadline_max), after the escalation.`,
  }),
  never_enough: (p: { needed: number; users: number }) => ({
    status: 400,
    message: `${p.needed} approvals are needed, and only ${p.users} may give one.`,
    fix: "Name more approvers, or ask for fewer approvals.",
  }),
  bad_until: (p: { most: string }) => ({
    status: 400,
    message: "A delegation must end in the future, and not too far away.",
    fix: `Give an end within ${p.most} from now (approvals.delegation_max).`,
  }),
  delegation_unknown: (p: { id: string }) => ({
    status: 404,
    message: `There is no delegation of yours with the id ${JSON.stringify(p.id)}.`,
    fix: "The list of delegations shows the ids.",
  }),
  delegate_oneself: () => ({
    status: 400,
    message: "Nobody can delegate to themselves.",
    fix: "Name somebody else.",
  }),
  link_invalid: () => ({
    status: 403,
    message: "This link does not hold: it was used, is too old, or was not made here.",
    fix: "Decide with `binnacle approvals approve` or `refuse`, or in the console.",
  }),
  bad_cursor: () => ({
    status: 400,
    message: "This cursor was not made by this list.",
    fix: "Leave it out to start from the first page, or send next_cursor of the page before, unchanged.",
  }),
});
