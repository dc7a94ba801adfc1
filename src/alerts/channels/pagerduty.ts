// PagerDuty's Events API v2: an event triggers an incident and a second one resolves it, told apart by the alert's id.
import type { Alert } from "../states/alert.ts";
import type { ChannelOf } from "./config.ts";
import type { Channel, Message } from "./message.ts";
import { type PostDeps, postJson } from "./post-json.ts";
import { nameOf, sentenceOf, timeOf, titleOf } from "./words.ts";

/** PagerDuty's bound. */
const SUMMARY_MAX = 1024;

export function createPagerdutyChannel(
  { base_url, source }: Pick<ChannelOf<"pagerduty">, "base_url" | "source">,
  readKey: () => string,
  deps: PostDeps,
): Channel {
  const url = `${base_url.replace(/\/+$/, "")}/v2/enqueue`;
  return {
    isAlone: true,
    async send(message) {
      const delivered = await postJson(
        { url, body: JSON.stringify({ routing_key: readKey(), ...pagerdutyEvent(message, source) }) },
        deps,
      );
      // A test must not leave an incident behind.
      if (!message.isTest || !delivered.ok) return delivered;
      const over = { routing_key: readKey(), event_action: "resolve", dedup_key: message.id };
      return postJson({ url, body: JSON.stringify(over) }, deps);
    },
  };
}

export function pagerdutyEvent(message: Message, source: string) {
  const [alert = message.resolved[0]] = message.firing;
  const isResolve = message.firing.length === 0 && !message.isTest;
  const client = { client: "Binnacle", ...(message.link !== null && { client_url: message.link }) };
  const dedup_key = alert?.id ?? message.id;
  if (isResolve) return { event_action: "resolve", dedup_key, ...client };
  return {
    event_action: "trigger",
    dedup_key,
    payload: {
      summary: (alert ? `${nameOf(alert)}: ${sentenceOf(alert)}` : titleOf(message)).slice(0, SUMMARY_MAX),
      source,
      severity: alert?.severity ?? "info",
      timestamp: timeOf(alert?.sinceMs ?? message.atMs),
      component: "binnacle",
      ...(alert && { group: alert.rule, class: alert.kind, custom_details: detailsOf(alert, message) }),
    },
    ...client,
  };
}

function detailsOf({ labels, value, threshold, unit, facts, rule }: Alert, { descriptions }: Message) {
  return { ...labels, value, threshold, unit, ...facts, description: descriptions[rule] ?? null };
}
