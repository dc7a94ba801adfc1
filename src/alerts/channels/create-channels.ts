// The channels of the config, ready to be sent to. Secrets are looked up at the start, so that one that is missing is said then,
// and again for each message, so that one that was changed is used.
import { resolveSecret, type SecretSources } from "../../kernel/index.ts";
import { alertsErrors } from "../errors.ts";
import type { ChannelConfig } from "./config.ts";
import { createEmailChannel } from "./email.ts";
import type { Channel } from "./message.ts";
import { createPagerdutyChannel } from "./pagerduty.ts";
import type { PostDeps } from "./post-json.ts";
import { createSlackChannel } from "./slack.ts";
import { createTeamsChannel } from "./teams.ts";
import { createWebhookChannel, readWebhookKey } from "./webhook.ts";

export interface ChannelDeps extends PostDeps {
  secrets: SecretSources;
}

/** Throws `kernel.secret_missing` and `alerts.bad_secret`. */
export function createChannels(
  configs: Readonly<Record<string, ChannelConfig>>,
  deps: ChannelDeps,
): ReadonlyMap<string, Channel> {
  return new Map(Object.entries(configs).map(([name, config]) => [name, createChannel(name, config, deps)]));
}

function createChannel(name: string, config: ChannelConfig, deps: ChannelDeps): Channel {
  const reader = <T>(read: () => T): (() => T) => {
    read();
    return read;
  };
  const secret = (ref: string) => reader(() => resolveSecret(ref, deps.secrets));
  const url = (ref: string) =>
    reader(() => {
      const text = resolveSecret(ref, deps.secrets);
      if (!/^https?:\/\/\S+$/.test(text) || !URL.canParse(text))
        throw alertsErrors.bad_secret({ channel: name, why: "the secret is not an address with http:// or https://" });
      return text;
    });
  switch (config.kind) {
    case "slack":
      return createSlackChannel(url(config.url), deps);
    case "teams":
      return createTeamsChannel(url(config.url), deps);
    case "pagerduty":
      return createPagerdutyChannel(config, secret(config.routing_key), deps);
    case "email":
      return createEmailChannel(
        config,
        config.password === undefined ? () => undefined : secret(config.password),
        deps,
      );
    case "webhook":
      return createWebhookChannel(config.url, webhookKey(name, secret(config.secret)), deps);
  }
}

function webhookKey(channel: string, readSecret: () => string): () => Buffer {
  const read = (): Buffer => {
    try {
      return readWebhookKey(readSecret());
    } catch (cause) {
      throw alertsErrors.bad_secret({ channel, why: cause instanceof Error ? cause.message : String(cause) }, cause);
    }
  };
  read();
  return read;
}
