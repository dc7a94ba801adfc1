// Any receiver that takes JSON, signed as standardwebhooks.com describes, so that it can tell who sent it and that it is fresh.
import { createHmac } from "node:crypto";
import { alertViewOf } from "../views.ts";
import type { Channel, Message } from "./message.ts";
import { type PostDeps, postJson } from "./post-json.ts";
import { timeOf, titleOf } from "./words.ts";

const PREFIX = "whsec_";

export function createWebhookChannel(url: string, readKey: () => Buffer, deps: PostDeps): Channel {
  return {
    isAlone: false,
    send(message) {
      const body = JSON.stringify(webhookBody(message));
      const timestamp = Math.floor(deps.world.nowMs() / 1000);
      const signature = signWebhook(readKey(), { id: message.id, timestamp, body });
      const headers = {
        "webhook-id": message.id,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": signature,
      };
      return postJson({ url, body, headers }, deps);
    },
  };
}

export function webhookBody(message: Message) {
  const { id, isTest, isRepeated, firing, resolved, firingCount, resolvedCount, descriptions, link } = message;
  return {
    type: isTest ? "alerts.test" : "alerts.notice",
    timestamp: timeOf(message.atMs),
    data: {
      id,
      title: titleOf(message),
      repeated: isRepeated,
      firing_count: firingCount,
      resolved_count: resolvedCount,
      firing: firing.map((alert) => ({ ...alertViewOf(alert), description: descriptions[alert.rule] ?? null })),
      resolved: resolved.map((alert) => ({ ...alertViewOf(alert), description: descriptions[alert.rule] ?? null })),
      link,
    },
  };
}

export function signWebhook(
  key: Buffer,
  { id, timestamp, body }: { id: string; timestamp: number; body: string },
): string {
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

/** Throws an Error that says what is wrong with it, not what it is. */
export function readWebhookKey(secret: string): Buffer {
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : "", "base64");
  if (key.length < 24 || key.length > 64) throw new Error("it is not whsec_ and 24 to 64 bytes in base64");
  return key;
}
