// Asking for an approval: checked, bounded, and the same while the same is pending.
import { formatDuration, newId, type World } from "../../kernel/index.ts";
import type { AuditWriter } from "../../audit/index.ts";
import type { ApprovalsConfig } from "../config.ts";
import type { Approvers, Escalation } from "../contract.ts";
import { approvalsErrors } from "../errors.ts";
import type { Notices } from "../notices/notices.ts";
import { type ApprovalWish, voterOf } from "../request.ts";
import type { NewRequest, Open, RequestStore, Row } from "../store/requests.ts";
import { byOf } from "./decide.ts";

export interface AskDeps {
  requests: RequestStore;
  notices: Pick<Notices, "add">;
  audit: AuditWriter;
  world: Pick<World, "nowMs">;
}

/** Throws `approvals.bad_deadline`, `approvals.never_enough` and `approvals.too_many`. */
export function createAsk(config: ApprovalsConfig, { requests, notices, audit, world }: AskDeps) {
  return async (wish: ApprovalWish): Promise<Row> => {
    const wanted = checked(config, wish, world.nowMs());
    return requests.inTransaction(async (open) => {
      const row = await requests.insert(open, wanted);
      if (!row) return pendingLike(wanted, open, requests);
      if ((await requests.countPending(open)) > config.pending_max)
        throw approvalsErrors.too_many({ max: config.pending_max });
      await notices.add(open, row, "asked");
      const { kind, id, name, organisation } = wish.askedBy;
      await audit.record(open, {
        action: "ask_approval",
        actor: { kind, id, name, organisation },
        resource: { type: "approval", id: row.id },
        organisation: row.organisation,
        outcome: "ok",
        details: { asked_action: row.action, payload_hash: row.payload_hash, needed: row.approvers.needed },
      });
      return row;
    });
  };
}

async function pendingLike(wanted: NewRequest, open: Open, requests: RequestStore): Promise<Row> {
  const { organisation, asker, action, resource, payload_hash: payloadHash } = wanted;
  const row = await requests.latestFor({ organisation, asker, action, resource, payloadHash }, open);
  if (!row) throw new Error("an approval that is pending is not found");
  return row;
}

function checked(config: ApprovalsConfig, wish: ApprovalWish, nowMs: number): NewRequest {
  const approvers = wish.approvers ?? config.approvers;
  const escalation = wish.escalateTo ?? null;
  const deadlineMs = wish.deadlineMs ?? nowMs + config.deadline;
  const isTooLate = deadlineMs <= nowMs || deadlineMs > nowMs + config.deadline_max;
  if (isTooLate || (escalation && nowMs + escalation.after_ms >= deadlineMs))
    throw approvalsErrors.bad_deadline({ most: formatDuration(config.deadline_max) });
  checkEnough(approvers, escalation);
  return {
    id: newId(),
    what: wish.what,
    why: wish.why,
    action: wish.action,
    resource: wish.resource,
    organisation: wish.organisation ?? wish.askedBy.organisation,
    asked_by: byOf(wish.askedBy),
    asker: voterOf(wish.askedBy),
    approvers,
    escalate_to: escalation,
    on_silence: wish.onSilence ?? config.on_silence,
    payload_hash: wish.payloadHash,
    deadline_ms: deadlineMs,
  };
}

/** Where no role may decide, those who may are known by name. */
function checkEnough({ roles, users, needed }: Approvers, escalation: Escalation | null): void {
  if (roles.length > 0 || (escalation?.roles.length ?? 0) > 0) return;
  const named = new Set([...users, ...(escalation?.users ?? [])]).size;
  if (named < needed) throw approvalsErrors.never_enough({ needed, users: named });
}
