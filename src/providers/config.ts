// The `providers` branch of the config: vendors beyond those found by themselves, prices that the data lacks, bounds.
import { z } from "zod";
import { duration, secretRef } from "../kernel/index.ts";
import { simConfigSchema } from "./sim/sim-config.ts";
import { vendorKind, vendorKindNames } from "./vendors/table.ts";

const usdPerMillion = z.number().nonnegative().describe("dollars for a million tokens");

/** Prices of one model. What is left out costs what other input, or other output, costs. */
export const priceSchema = z.strictObject({
  input_usd_per_million: usdPerMillion,
  output_usd_per_million: usdPerMillion,
  cache_read_usd_per_million: usdPerMillion.optional(),
  cache_write_usd_per_million: usdPerMillion.optional(),
  reasoning_usd_per_million: usdPerMillion.optional(),
});
export type ConfiguredPrice = z.output<typeof priceSchema>;

/** What a model can do, where the shipped data does not know it or is behind. */
const modelFactsSchema = z.strictObject({
  context_tokens: z.number().int().min(1).optional().describe("input and output together"),
  capabilities: z
    .array(z.enum(["tools", "reasoning", "vision", "audio", "video", "pdf"]))
    .min(1)
    .optional()
    .describe("all that it can; a request that needs what is missing is not sent to it"),
});

const vendorName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_.-]{0,62}$/,
    "a vendor's name is lower case letters, digits, - _ . (it stands before the slash)",
  );

const url = z
  .string()
  .regex(/^https?:\/\/[^\s?#]+$/, "an http or https address, up to where /chat/completions follows");

const vendorSchema = z
  .strictObject({
    kind: z.enum(vendorKindNames).describe("the vendor's own name, or openai-compatible"),
    base_url: url.optional().describe("needed for openai-compatible; elsewhere the vendor's own by default"),
    api_key: secretRef().optional().describe("by default the vendor's usual environment variable"),
    api_keys: z
      .array(secretRef())
      .min(1)
      .max(100)
      .optional()
      .describe("several, which take turns; one that is refused or out of quota rests meanwhile"),
    service_account: secretRef()
      .optional()
      .describe("for vertex: the JSON key of a Google service account; without it, the identity of this machine"),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "a region of AWS, such as us-east-1")
      .optional()
      .describe("for bedrock: by default AWS_REGION, else us-east-1"),
    access_key_id: secretRef()
      .optional()
      .describe("for bedrock: signs requests with this key; with api_key it sends that as a bearer token"),
    secret_access_key: secretRef().optional().describe("for bedrock: goes with access_key_id"),
    session_token: secretRef().optional().describe("for bedrock: goes with access_key_id where the key is temporary"),
    dialects: z
      .array(
        z.enum([
          "openai-chat",
          "openai-responses",
          "anthropic-messages",
          "gemini",
          "bedrock-converse",
          "cohere-chat",
          "ollama-chat",
        ]),
      )
      .min(1)
      .optional()
      .describe("what it can be spoken to in, the best first, where that is not what is usual for its kind"),
    models: z.array(z.string().min(1)).max(10_000).optional().describe("by default those in the catalogue"),
    send_traceparent: z
      .boolean()
      .optional()
      .describe(
        "tell it the W3C trace that a call stands in; by default servers of your own are told, public vendors not",
      ),
    price: z.literal("free").optional().describe("its tokens cost nothing, whatever the model"),
    timeouts: z
      .strictObject({
        first_byte: duration().optional(),
        idle: duration().optional(),
        total: duration().optional(),
      })
      .prefault({}),
  })
  .refine((vendor) => (vendor.access_key_id === undefined) === (vendor.secret_access_key === undefined), {
    path: ["secret_access_key"],
    message: "access_key_id and secret_access_key go together",
  })
  .refine(({ kind, base_url }) => vendorKind(kind).base_url !== null || kind === "bedrock" || base_url !== undefined, {
    path: ["base_url"],
    message: "is needed for a kind that has no address of its own: openai-compatible, azure-openai, vertex",
  });
export type VendorConfig = z.output<typeof vendorSchema>;

export const providersConfigSchema = z
  .strictObject({
    vendors: z.record(vendorName, vendorSchema).default({}),
    find_in_environment: z.boolean().default(true).describe("offer the vendors whose usual variables are set"),
    find_local_servers: z.boolean().default(true).describe("look for model servers on their usual ports here"),
    local_server_timeout: duration().default(300).describe("a server that is silent for longer is not there"),
    prices: z
      .record(z.string().regex(/^[^/]+\/.+$/, "a price is for `vendor/model`"), priceSchema)
      .default({})
      .describe("by vendor/model; these come before all other prices"),
    models: z
      .record(z.string().regex(/^[^/]+\/.+$/, "a model is written `vendor/model`"), modelFactsSchema)
      .default({})
      .describe("what models can do, by vendor/model; this comes before what is known of them"),
    price_rules_max: z.number().int().min(1).default(10_000).describe("models whose prices are kept at hand"),
    sim: simConfigSchema,
  })
  .prefault({});
export type ProvidersConfig = z.output<typeof providersConfigSchema>;
