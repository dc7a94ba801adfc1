// Approvals as they stand on the wire: what waits for a person, who may decide it, and what became of it.
import { oc } from "@orpc/contract";
import { z } from "zod";

export const approvalStates = ["pending", "approved", "refused", "used"] as const;
export type ApprovalState = (typeof approvalStates)[number];

const NAME_LENGTH_MAX = 200;
const TEXT_LENGTH_MAX = 4000;
const NEEDED_MAX = 20;
const APPROVERS_MAX = 100;

const name = z.string().min(1).max(NAME_LENGTH_MAX);
const text = z.string().max(TEXT_LENGTH_MAX);

export const personSchema = z.object({
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  user: z.string().nullable(),
});

const whoMayDecide = {
  roles: z.array(name).max(APPROVERS_MAX).default([]),
  users: z.array(name).max(APPROVERS_MAX).default([]).describe("names of users, or ids of keys"),
};

export const approversSchema = z.strictObject({
  ...whoMayDecide,
  needed: z.number().int().min(1).max(NEEDED_MAX).default(1).describe("how many of them must approve"),
  not_oneself: z.boolean().default(true).describe("whoever asks has no voice"),
});
export type Approvers = z.infer<typeof approversSchema>;

export const escalationSchema = z.strictObject({
  ...whoMayDecide,
  after_ms: z.number().int().min(1).describe("after it was asked for; they may decide then, too, and are told"),
});
export type Escalation = z.infer<typeof escalationSchema>;

const resourceSchema = z.object({ type: name, id: z.string().min(1).max(1000) });

export const voteSchema = z.object({
  by: personSchema,
  on_behalf_of: z.string().nullable().describe("of whom they decide, by delegation"),
  decision: z.enum(["approve", "refuse"]),
  note: z.string(),
  via: z.string().describe("api, or the link of a message"),
  at_ms: z.number().int(),
});
export type Vote = z.infer<typeof voteSchema>;

export const approvalSchema = z.object({
  id: z.string(),
  state: z.enum(approvalStates).describe("used: approved, and done; that happens once"),
  what: z.string(),
  why: z.string(),
  action: z.string(),
  resource: resourceSchema,
  organisation: z.string(),
  asked_by: personSchema,
  approvers: approversSchema,
  escalate_to: escalationSchema.nullable(),
  escalated_at_ms: z.number().int().nullable(),
  on_silence: z.enum(["refuse", "allow"]).describe("what becomes of it when nobody decides until the deadline"),
  payload_hash: z.string().describe("of what would be done: another payload needs another approval"),
  created_at_ms: z.number().int(),
  deadline_ms: z.number().int(),
  settled_at_ms: z.number().int().nullable(),
  settled_by: z.enum(["votes", "silence"]).nullable(),
  used_at_ms: z.number().int().nullable(),
  votes: z.array(voteSchema),
});
export type Approval = z.infer<typeof approvalSchema>;

export const delegationSchema = z.object({
  id: z.string(),
  from: z.string().describe("a user, or the id of a key"),
  to: z.string().describe("a user, or the id of a key"),
  until_ms: z.number().int(),
  created_at_ms: z.number().int(),
});
export type Delegation = z.infer<typeof delegationSchema>;

const LISTED_MAX = 200;
const tags = ["Approvals"];
const id = z.string().min(1).max(100);
const input = z.object({ id });

const requestsContract = {
  list: oc
    .route({ method: "GET", path: "/approvals", summary: "What waits, or waited, for a person; newest first", tags })
    .input(
      z.strictObject({
        state: z.enum(approvalStates).optional(),
        inbox: z.enum(["all", "mine"]).default("all").describe("mine: that whoever asks may decide now"),
        limit: z.coerce.number().int().min(1).max(LISTED_MAX).default(50),
        cursor: z.string().max(NAME_LENGTH_MAX).optional().describe("next_cursor of the page before"),
      }),
    )
    .output(z.object({ approvals: z.array(approvalSchema), next_cursor: z.string().nullable() })),
  counts: oc
    .route({ method: "GET", path: "/approvals/counts", summary: "How much waits, and for whoever asks", tags })
    .output(z.object({ pending: z.number().int(), mine: z.number().int() })),
  get: oc
    .route({ method: "GET", path: "/approvals/{id}", summary: "One approval", tags })
    .input(input)
    .output(approvalSchema),
  ask: oc
    .route({
      method: "POST",
      path: "/approvals",
      successStatus: 201,
      summary: "Ask for an approval; what is asked for already, by the same and for the same, is given again",
      tags,
    })
    .input(
      z.strictObject({
        what: text.min(1),
        why: text.default(""),
        action: name.regex(/^(?!binnacle:)/, "what begins with binnacle: is asked for by Binnacle itself"),
        resource: resourceSchema,
        approvers: approversSchema.optional().describe("by default approvals.approvers of the configuration"),
        deadline_ms: z.number().int().optional().describe("by default approvals.deadline from now"),
        on_silence: z.enum(["refuse", "allow"]).optional(),
        escalate_to: escalationSchema.nullable().default(null),
        payload_hash: z.string().min(1).max(NAME_LENGTH_MAX),
      }),
    )
    .output(approvalSchema),
  decide: oc
    .route({ method: "POST", path: "/approvals/{id}/decide", summary: "Approve or refuse", tags })
    .input(z.strictObject({ id, decision: z.enum(["approve", "refuse"]), note: text.default("") }))
    .output(
      approvalSchema.extend({ took_effect: z.boolean().describe("whether this voice settled it; of all, one does") }),
    ),
  use: oc
    .route({
      method: "POST",
      path: "/approvals/{id}/use",
      summary: "Say that what was approved is done now; succeeds once, for the payload that was approved",
      tags,
    })
    .input(z.strictObject({ id, payload_hash: z.string().min(1).max(NAME_LENGTH_MAX) }))
    .output(approvalSchema),
};

export const approvalsContract = {
  ...requestsContract,
  delegations: {
    list: oc
      .route({ method: "GET", path: "/approvals/delegations", summary: "Delegations that hold", tags })
      .output(z.object({ delegations: z.array(delegationSchema) })),
    create: oc
      .route({
        method: "POST",
        path: "/approvals/delegations",
        successStatus: 201,
        summary: "Let somebody decide in one's own place until a time",
        tags,
      })
      .input(z.strictObject({ to: name, until_ms: z.number().int() }))
      .output(delegationSchema),
    delete: oc
      .route({ method: "DELETE", path: "/approvals/delegations/{id}", summary: "End an own delegation", tags })
      .input(input)
      .output(z.object({ ended: z.string() })),
  },
};
