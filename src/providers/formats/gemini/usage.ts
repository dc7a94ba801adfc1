// Token counts, both directions. Gemini counts thoughts apart from the answer and what its tools read apart from the prompt; here
// the first are output, the second input. The cache is within the prompt.
import type { Extra, Usage } from "../../contract.ts";
import { definedOnly, isObject } from "../fields.ts";

/** Undefined where nothing is told. `searches` are those that Google made for the answer. */
export function readUsage(raw: unknown, searches = 0): Usage | undefined {
  if (!isObject(raw) || Object.keys(raw).length === 0) return undefined;
  const input = count(raw, "promptTokenCount") + count(raw, "toolUsePromptTokenCount");
  const thoughts = count(raw, "thoughtsTokenCount");
  const output = count(raw, "candidatesTokenCount", "responseTokenCount") + thoughts;
  const ofInput = (modality: string): number | undefined =>
    amount(
      input,
      ofModality(raw["promptTokensDetails"], modality) + ofModality(raw["toolUsePromptTokensDetails"], modality),
    );
  const ofOutput = (modality: string): number | undefined =>
    amount(output, ofModality(raw["candidatesTokensDetails"] ?? raw["responseTokensDetails"], modality));
  return definedOnly<Usage>({
    input,
    output,
    cache_read: Math.min(count(raw, "cachedContentTokenCount"), input),
    cache_write: 0,
    reasoning: thoughts,
    audio_input: ofInput("AUDIO"),
    audio_output: ofOutput("AUDIO"),
    image_input: ofInput("IMAGE"),
    image_output: ofOutput("IMAGE"),
    server_tools: searches > 0 ? { web_search: searches } : undefined,
    service_tier: tierOf(raw),
    raw,
  });
}

const TRAFFIC = new Map<unknown, string>([
  ["ON_DEMAND", "standard"],
  ["ON_DEMAND_FLEX", "flex"],
  ["ON_DEMAND_PRIORITY", "priority"],
  ["ON_DEMAND_OFFPEAK", "offpeak"],
  ["PROVISIONED_THROUGHPUT", "provisioned_throughput"],
]);

/** The Gemini API says it in `serviceTier`, Vertex in `trafficType`. */
function tierOf({ serviceTier, trafficType }: Extra): string | undefined {
  return typeof serviceTier === "string" ? serviceTier : TRAFFIC.get(trafficType);
}

const OURS = [
  "promptTokenCount",
  "candidatesTokenCount",
  "thoughtsTokenCount",
  "toolUsePromptTokenCount",
  "totalTokenCount",
  "trafficType",
] as const;

/** `usageMetadata` for callers: as it came where Gemini made it. */
export function writeUsage(usage: Usage): Extra {
  const { input, output, reasoning, raw } = usage;
  if (raw && OURS.some((name) => name in raw)) return raw;
  return definedOnly<Extra>({
    promptTokenCount: input,
    candidatesTokenCount: output - reasoning,
    thoughtsTokenCount: reasoning > 0 ? reasoning : undefined,
    cachedContentTokenCount: usage.cache_read > 0 ? usage.cache_read : undefined,
    totalTokenCount: input + output,
    promptTokensDetails: details(input, [usage.audio_input, usage.image_input]),
    candidatesTokensDetails: details(output - reasoning, [usage.audio_output, usage.image_output]),
    serviceTier: usage.service_tier,
  });
}

function details(whole: number, [audio = 0, image = 0]: (number | undefined)[]): Extra[] | undefined {
  if (audio + image === 0) return undefined;
  const counts = [
    { modality: "TEXT", tokenCount: Math.max(0, whole - audio - image) },
    { modality: "AUDIO", tokenCount: audio },
    { modality: "IMAGE", tokenCount: image },
  ];
  return counts.filter(({ tokenCount }) => tokenCount > 0);
}

function ofModality(list: unknown, modality: string): number {
  if (!Array.isArray(list)) return 0;
  const found = list.filter((each): each is Extra => isObject(each) && each["modality"] === modality);
  return found.reduce((sum, each) => sum + count(each, "tokenCount"), 0);
}

function amount(whole: number, part: number): number | undefined {
  return part > 0 ? Math.min(part, whole) : undefined;
}

/** The first of these names that holds a count; none is 0. */
function count(source: Extra, ...names: string[]): number {
  for (const name of names) {
    const value = source[name];
    if (typeof value === "number" && Number.isFinite(value)) return Math.max(0, Math.round(value));
  }
  return 0;
}
