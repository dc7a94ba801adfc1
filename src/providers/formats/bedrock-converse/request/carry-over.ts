// What another dialect's request can keep here: all that Converse has words for, within its bounds. The rest is named, with the
// reason, so that the caller can be told. Messages, tools and what each maker's models differ in see to themselves.
import type { ChatRequest } from "../../../contract.ts";
import { NO_WORD } from "./block-out.ts";

type Drop = (what: string, why: string) => void;

const NO_WORDS = ["seed", "presence_penalty", "frequency_penalty", "logprobs", "user"] as const;

/** Chat-completions asks for the usage of a stream, which is always told here; the caller's own encoder minds it. */
const SAID_OTHERWISE = new Set(["stream_options"]);

/** The same request without what cannot be said. */
export function carryOver(request: ChatRequest, { isSchemaless, drop }: { isSchemaless: boolean; drop: Drop }) {
  for (const name of NO_WORDS) if (request[name] !== undefined) drop(name, NO_WORD);
  for (const name of Object.keys(request.extra ?? {})) if (!SAID_OTHERWISE.has(name)) drop(name, NO_WORD);
  if (request.choices !== undefined && request.choices > 1) drop("choices", "Bedrock gives one answer");
  if (request.parallel_tool_calls === false && request.tools?.length)
    drop("parallel_tool_calls", "Bedrock calls as many tools at once as it likes");
  const { extra: _, metadata, service_tier: tier, response_format: format, ...kept } = request;
  const carried: ChatRequest = kept;
  const carriedTier = carryTier(tier, drop);
  if (carriedTier !== undefined) carried.service_tier = carriedTier;
  const carriedMetadata = carryMetadata(metadata, drop);
  if (carriedMetadata) carried.metadata = carriedMetadata;
  if (format?.type === "json") drop("response_format", "JSON needs a schema here");
  if (format?.type === "json_schema" && isSchemaless) drop("response_format", "this model holds to no schema");
  if (format?.type === "json_schema" && !isSchemaless) carried.response_format = format;
  return carried;
}

const TIERS = new Set(["priority", "flex", "reserved"]);

function carryTier(tier: string | undefined, drop: Drop): string | undefined {
  if (tier === undefined || tier === "auto" || tier === "default") return undefined;
  if (TIERS.has(tier)) return tier;
  drop("service_tier", `Bedrock has no tier \`${tier}\``);
  return undefined;
}

const ENTRIES_MAX = 16;
const METADATA = /^[a-zA-Z0-9\s:_@$#=/+,.-]{1,256}$/;

function carryMetadata(metadata: ChatRequest["metadata"], drop: Drop): ChatRequest["metadata"] {
  if (metadata === undefined) return undefined;
  const fitting = Object.entries(metadata)
    .filter(([key, value]) => METADATA.test(key) && (value === "" || METADATA.test(value)))
    .slice(0, ENTRIES_MAX);
  for (const key of Object.keys(metadata))
    if (!fitting.some(([kept]) => kept === key)) drop(`metadata.${key}`, "Bedrock takes 16 of them, in plain letters");
  return fitting.length > 0 ? Object.fromEntries(fitting) : undefined;
}
