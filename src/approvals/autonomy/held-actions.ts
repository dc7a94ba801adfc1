// Actions of agents that wait for a person: what would be done is asked for, and the answer that would do it is kept until then.
import type { World } from "../../kernel/index.ts";
import type { ApprovalsConfig } from "../config.ts";
import type { Approval } from "../contract.ts";
import { approvalsErrors } from "../errors.ts";
import { type ApprovalWish, payloadHash, type Person } from "../request.ts";
import type { HeldAnswer } from "../store/held.ts";
import { neededError, refusedError, type WantedCall, wishFor } from "../agreements/agree.ts";
import type { HeldAnswers } from "./held-answers.ts";
import type { Autonomy } from "./autonomy.ts";
import { createAutonomy } from "./autonomy.ts";

export interface Action {
  name: string;
  /** As the model wrote them. */
  arguments: string;
}

export type Answered = Omit<HeldAnswer, "approvalId">;

export interface HeldActions extends Autonomy {
  /**
   * The answer that was held for the very same request, once it is approved, and once only. Undefined where none is held. Throws
   * `approvals.needed` and `approvals.refused`.
   */
  take(person: Person, request: string): Promise<HeldAnswer | undefined>;
  /**
   * What an answer would do: comes back where it may be given out; asks for an approval where it needs one, and waits a while
   * where that may be. Throws `approvals.suggest_only`, `approvals.needed` and `approvals.refused`.
   */
  judge(person: Person, held: { request: string; actions: readonly Action[]; answered: Answered }): Promise<void>;
  /** Holds an answer that a person must agree to. Throws `approvals.needed`. */
  hold(person: Person, held: { request: string; wanted: WantedCall; answered: Answered }): Promise<never>;
}

interface HeldDeps {
  store: HeldAnswers;
  world: Pick<World, "log">;
  request(wish: ApprovalWish): Promise<Approval>;
  get(id: string): Promise<Approval>;
  use(id: string, person: Person, hash: string): Promise<unknown>;
  wait(id: string, timeoutMs: number): Promise<Approval["state"] | undefined>;
}

/** Nobody can ask for it by API, with approvers of their own choice. */
const CALL_TOOL = "binnacle:call_tool";
const SHOWN_LENGTH_MAX = 1500;

export function createHeldActions(config: ApprovalsConfig, deps: HeldDeps): HeldActions {
  const { store, world, request, get, use, wait } = deps;
  const autonomy = createAutonomy(config.autonomy);

  /** Comes back where it is approved, and it is used now. */
  async function useIfApproved(approval: Approval, person: Person, text: string): Promise<void> {
    if (approval.state === "pending") throw neededError(approval);
    // Whatever becomes of it now, who asks the same after that asks anew.
    await store.remove(person, text);
    if (approval.state === "refused") throw refusedError(approval);
    await use(approval.id, person, approval.payload_hash);
  }

  return {
    ...autonomy,
    async take(person, text) {
      const held = await store.find(person, text);
      if (!held) return undefined;
      await useIfApproved(await get(held.approvalId), person, text);
      return held;
    },
    async judge(person, { request: text, actions, answered }) {
      const levels = actions.map(({ name }) => autonomy.levelOf([person.name, person.id], name));
      const suggested = actions[levels.indexOf("suggest")];
      if (suggested) throw approvalsErrors.suggest_only({ agent: person.name, action: suggested.name });
      const { callId } = answered;
      const names = actions.map(({ name }) => name);
      if (levels.includes("report"))
        world.log.info({ agent: person.name, actions: names, call_id: callId }, "an agent acts");
      const needing = actions.filter((_, index) => levels[index] === "approve");
      if (needing.length === 0) return;
      const { id } = await request({
        what: `Let ${person.name} call ${needing.map(({ name }) => name).join(", ")}`,
        why: needing
          .map((each) => `${each.name} ${each.arguments}`)
          .join("\n")
          .slice(0, SHOWN_LENGTH_MAX),
        action: CALL_TOOL,
        resource: {
          type: "tool",
          id: needing
            .map(({ name }) => name)
            .join(",")
            .slice(0, 200),
        },
        askedBy: person,
        payloadHash: payloadHash(JSON.stringify([payloadHash(text), actions])),
      });
      await store.put(person, text, { ...answered, approvalId: id });
      if (config.autonomy.wait > 0 && !answered.isStream) await wait(id, config.autonomy.wait);
      await useIfApproved(await get(id), person, text);
    },
    async hold(person, { request: text, wanted, answered }) {
      const approval = await request(wishFor(person, wanted));
      await store.put(person, text, { ...answered, approvalId: approval.id });
      throw neededError(approval);
    },
  };
}
