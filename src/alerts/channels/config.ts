// Where alerts are sent, as an operator writes it under alerts.channels. What opens a door is a reference, never the secret.
import { z } from "zod";
import { secretRef } from "../../kernel/index.ts";

const url = z.url({ protocol: /^https?$/, error: "write an address with http:// or https://" });
const address = z
  .string()
  .min(3)
  .max(320)
  .regex(/^[^\s\r\n]+@[^\s\r\n]+$/, "write it like ops@example.com");

export const channelSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("slack"),
      url: secretRef().describe("of an incoming webhook: who has it may write, so it is a secret"),
    }),
    z.strictObject({
      kind: z.literal("pagerduty"),
      routing_key: secretRef().describe("the integration key of an Events API v2 integration"),
      base_url: url.default("https://events.pagerduty.com").describe("another one for the EU, a proxy, a test"),
      source: z.string().min(1).max(200).default("binnacle").describe("what the events say they come from"),
    }),
    z.strictObject({
      kind: z.literal("teams"),
      url: secretRef().describe("of a workflow that posts to a channel when a webhook request is received"),
    }),
    z.strictObject({
      kind: z.literal("email"),
      host: z.string().min(1).describe("of the mail server (SMTP)"),
      port: z.number().int().min(1).max(65_535).default(587),
      security: z
        .enum(["starttls", "tls", "none"])
        .default("starttls")
        .describe(
          "tls from the first byte (port 465), or begun by STARTTLS and refused without; none sends in the clear",
        ),
      user: z.string().min(1).optional(),
      password: secretRef().optional(),
      from: address,
      to: z.array(address).min(1).max(50),
    }),
    z.strictObject({
      kind: z.literal("webhook"),
      url: url.describe(
        "gets the alerts as JSON, signed as standardwebhooks.com describes; redirects are not followed",
      ),
      secret: secretRef().describe("that requests are signed with: whsec_ and 24 to 64 bytes in base64"),
    }),
  ])
  .refine(
    (channel) => channel.kind !== "email" || (channel.user === undefined) === (channel.password === undefined),
    "user and password go together",
  );
export type ChannelConfig = z.output<typeof channelSchema>;
export type ChannelKind = ChannelConfig["kind"];
export type ChannelOf<K extends ChannelKind> = Extract<ChannelConfig, { kind: K }>;
