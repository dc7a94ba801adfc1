// Carries messages from the outbox to their channels. Any process may; a message is claimed by one at a time. It is sent at least
// once: who dies between the receiver's yes and ours leaves it to be sent again, under the same id.
import { newId, type World } from "../../kernel/index.ts";
import type { Channel, Delivered } from "../channels/message.ts";
import type { DeliveryConfig } from "../config.ts";
import type { Claimed, OutboxStore } from "../store/outbox-store.ts";
import { trySend } from "./try-send.ts";
import { waitBeforeNext } from "./wait-before-next.ts";

export interface DeliveryDeps {
  store: OutboxStore;
  channels: ReadonlyMap<string, Channel>;
  world: Pick<World, "nowMs" | "random" | "log">;
}

export interface Delivery {
  /** Tries all that is due. */
  deliver(): Promise<void>;
}

export function createDelivery(config: DeliveryConfig, { store, channels, world }: DeliveryDeps): Delivery {
  async function send({ channel: name, message }: Claimed): Promise<Delivered> {
    const channel = channels.get(name);
    if (!channel) return { ok: false, isFinal: true, status: null, why: `there is no channel ${name} any more` };
    return trySend(channel, message);
  }

  async function tryOne(claimed: Claimed, claim: string): Promise<void> {
    const { id, channel, createdAtMs } = claimed;
    const delivered = await send(claimed);
    const nowMs = world.nowMs();
    if (delivered.ok) return store.sent({ id, claim, nowMs, status: null, why: "" });
    const { isFinal, status, why, retryAfterMs } = delivered;
    const attempts = claimed.attempts + 1;
    const waitMs = isFinal
      ? undefined
      : waitBeforeNext({ attempts, ageMs: nowMs - createdAtMs, retryAfterMs }, config, world);
    const tried = { id, claim, nowMs, status, why };
    if (waitMs !== undefined) return store.later({ ...tried, nextAtMs: nowMs + waitMs });
    world.log.error({ message: id, channel, status, why, attempts }, "a message about alerts was given up");
    return store.giveUp(tried);
  }

  return {
    async deliver() {
      for (;;) {
        const claim = newId();
        const { lease: leaseMs, at_once: limit } = config;
        const claimed = await store.claim({ claim, nowMs: world.nowMs(), leaseMs, limit });
        if (claimed.length === 0) return;
        await Promise.all(claimed.map((each) => tryOne(each, claim)));
      }
    },
  };
}
