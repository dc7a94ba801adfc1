// The front door of approvals: what waits for a person, how much agents may do by themselves, and what must be approved before
// it serves.
export { type Approvals, createApprovals } from "./approvals.ts";
export type { WantedCall } from "./agreements/agree.ts";
export type { HeldActions } from "./autonomy/held-actions.ts";
export type { HeldAnswer } from "./store/held.ts";
export type { Gate } from "./gate/gate.ts";
export { approvalsConfigSchema, type ApprovalsConfig } from "./config.ts";
export { approvalsErrors } from "./errors.ts";
export { approvalsMigrations } from "./migrations/index.ts";
export { type ApprovalWish, type Ballot, payloadHash, type Person } from "./request.ts";
