// What can go wrong with the audit trail, and what its reader is told.
import { defineErrors } from "../kernel/index.ts";

export const auditErrors = defineErrors("audit", {
  unavailable: (p: { retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: "The audit trail is in PostgreSQL, which does not answer; what must be on it cannot be done now.",
    fix: `Try again in ${p.retryAfterMs / 1000} s; \`binnacle status\` shows the state of the database.`,
  }),
  full: (p: { max: number; retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: `${p.max} audit entries wait to be written; there is no room for more.`,
    fix: `Try again in ${p.retryAfterMs / 1000} s, or raise audit.notes.waiting_max.`,
  }),
  key_given: (p: { reference: string }) => ({
    status: 409,
    message: `Checkpoints are signed with the key that audit.signing.key names, ${p.reference}; it is not this program's to replace.`,
    fix: "Name a new key there and the one before it in audit.signing.previous_key, and restart.",
  }),
  key_unusable: (p: { where: string }) => ({
    status: 500,
    message: `${p.where} does not hold an Ed25519 private key in PEM.`,
    fix: "Make one by `openssl genpkey -algorithm ed25519`.",
  }),
  unproven: (p: { fault: string; origin: string; size: number }) => ({
    status: 409,
    message: `The audit tree is not what was signed (${p.fault}): the last checkpoint known here is of ${p.origin} at ${p.size} entries. Nothing more is signed.`,
    fix: "Find out what happened to the database; `binnacle audit verify` says what differs. When that is known, `binnacle audit new-origin` begins a new tree, and says so in it.",
  }),
  nothing_signed: () => ({
    status: 404,
    retry: "later",
    message: "Nothing of this audit trail has been signed yet.",
    fix: "Try again in a second.",
  }),
  unknown_entry: (p: { id: string }) => ({
    status: 404,
    message: `There is no audit entry ${JSON.stringify(p.id)}.`,
    fix: "See `binnacle audit list` for those there are.",
  }),
  call_let_go: (p: { id: string; batch: string }) => ({
    status: 410,
    message: `What the audit trail had of the call ${p.id}, if it had any, was let go when its time was over (audit.executions.keep).`,
    fix: `The entry of the calls of that moment stays, with the root over them: \`binnacle audit show ${p.batch}\`.`,
  }),
  not_placed: (p: { id: string; retryAfterMs: number }) => ({
    status: 409,
    retry: "later",
    message: `The audit entry ${p.id} has no place in the tree yet.`,
    fix: `Try again in ${p.retryAfterMs / 1000} s.`,
  }),
  bad_range: (p: { from: number; to: number; size: number }) => ({
    status: 400,
    message: `There is no proof from ${p.from} to ${p.to}: sizes begin at 1, and the signed tree has ${p.size} entries.`,
    fix: "See `binnacle audit checkpoint` for the size that is signed.",
  }),
  no_such_tile: (p: { name: string }) => ({
    status: 404,
    message: `There is no ${p.name} in the tree that is signed.`,
    fix: "Read the checkpoint first: its size says which tiles there are.",
  }),
  unknown_subject: (p: { subject: string }) => ({
    status: 404,
    message: `No key is kept for ${JSON.stringify(p.subject)}: nothing about it is sealed, or its key was destroyed.`,
    fix: "Name a user as `user:alice`.",
  }),
  bad_cursor: () => ({
    status: 400,
    message: "This cursor was not made by this list.",
    fix: "Leave it out to start from the first page, or send next_cursor of the page before, unchanged.",
  }),
});
