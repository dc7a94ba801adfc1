// `additionalModelRequestFields`, read: how each maker's models are told to think, and `top_k`. Only what is said in a form that is
// known to the model's family is taken; the rest stays as it is.
import type { Extra, Reasoning } from "../../../contract.ts";
import { readThinking } from "../../anthropic-messages/request/thinking.ts";
import { definedOnly, type Fields, isIntegerFrom, isObject, openFields } from "../../fields.ts";
import type { Family } from "./families.ts";

export interface ReadModelFields {
  reasoning?: Reasoning;
  top_k?: number;
  /** What is left of it. */
  extra?: Extra;
}

export function readModelFields(fields: Fields, family: Family): ReadModelFields {
  const given = fields.object("additionalModelRequestFields");
  if (given === undefined) return {};
  const { extra, ...read } = READERS[family](given);
  const isEmpty = Object.keys(extra ?? {}).length === 0;
  // An empty object was said, and is said again.
  return definedOnly<ReadModelFields>({ ...read, extra: isEmpty && Object.keys(given).length > 0 ? undefined : extra });
}

type Read = Partial<ReadModelFields>;

const READERS: Record<Family, (given: Extra) => Read> = {
  claude: readClaude,
  // Whoever stands behind it: Claude's words are the most usual.
  unknown: readClaude,
  nova: readNova,
  "gpt-oss": (given) => readEffort(given, "reasoning_effort"),
  qwen: (given) => readEffort(given, "reasoning_config"),
};

function readClaude(given: Extra): Read {
  const { thinking, output_config: config, top_k: topK, ...rest } = given;
  const extra: Extra = { ...rest };
  const read: Read = {};
  if (isIntegerFrom(topK, 0)) read.top_k = topK;
  else if (topK !== undefined) extra["top_k"] = topK;
  const { effort, ...more } = isObject(config) ? config : {};
  const isKnown = isThinking(thinking) && (config === undefined || isObject(config));
  if (!isKnown || (effort !== undefined && typeof effort !== "string"))
    return { ...read, extra: definedOnly<Extra>({ ...extra, thinking, output_config: config }) };
  const { reasoning, extra: unread } = readThinking(openFields({ thinking }, "", "an object"), effort);
  const left = { ...more, ...(unread?.["output_config"] as Extra | undefined) };
  if (reasoning) read.reasoning = reasoning;
  if (unread?.["thinking"] !== undefined) extra["thinking"] = unread["thinking"];
  if (Object.keys(left).length > 0) extra["output_config"] = left;
  return { ...read, extra };
}

function isThinking(thinking: unknown): boolean {
  if (thinking === undefined) return true;
  if (!isObject(thinking) || typeof thinking["type"] !== "string") return false;
  return thinking["type"] !== "enabled" || isIntegerFrom(thinking["budget_tokens"], 1);
}

function readNova(given: Extra): Read {
  const { inferenceConfig: config, reasoningConfig: thinking, ...rest } = given;
  const extra: Extra = { ...rest };
  const read: Read = {};
  const { topK, ...more } = isObject(config) ? config : {};
  if (isIntegerFrom(topK, 0)) {
    read.top_k = topK;
    if (Object.keys(more).length > 0) extra["inferenceConfig"] = more;
  } else if (config !== undefined) extra["inferenceConfig"] = config;
  const reasoning = readNovaThinking(thinking);
  if (reasoning) read.reasoning = reasoning;
  else if (thinking !== undefined) extra["reasoningConfig"] = thinking;
  return { ...read, extra };
}

function readNovaThinking(thinking: unknown): Reasoning | undefined {
  if (!isObject(thinking)) return undefined;
  const { type, maxReasoningEffort: effort, ...more } = thinking;
  if (Object.keys(more).length > 0) return undefined;
  if (type === "disabled" && effort === undefined) return { disabled: true };
  return type === "enabled" && typeof effort === "string" ? { effort } : undefined;
}

function readEffort(given: Extra, name: string): Read {
  const { [name]: effort, ...extra } = given;
  return typeof effort === "string" ? { reasoning: { effort }, extra } : { extra: given };
}
