// A canonical request as the body of generateContent for a vendor. The model stands in the address, and so does streaming. A
// request that came in this dialect says just what it said.
import type { ChatRequest, Extra, ResponseFormat } from "../../../contract.ts";
import type { Dropped, Written } from "../../dialect.ts";
import { definedOnly } from "../../fields.ts";
import { carryOver } from "./carry-over.ts";
import { writeContents } from "./content-out.ts";
import type { Writing } from "./part-out.ts";
import { writeOwnThinking, writeThinking } from "./thinking.ts";
import { writeTools } from "./tool-out.ts";

/** How models differ. They are matched anywhere in the vendor's name of them. */
export interface GeminiQuirks {
  /** Gemini 3 and later: thinks by levels, signs the calls of functions, gives JSON and calls tools at once. */
  third_models: RegExp;
  /** Models that think at all. */
  thinking_models: RegExp;
  /** Those that never think nothing. */
  pro_models: RegExp;
  /** Models that take penalties. */
  penalty_models: RegExp;
}

export const geminiQuirks: GeminiQuirks = {
  third_models: /gemini-(?:[3-9]|\d\d)|gemini-(?:pro|flash|flash-lite)-latest/,
  thinking_models: /gemini-(?:2\.5|[3-9]|\d\d)|gemini-(?:pro|flash|flash-lite)-latest/,
  pro_models: /-pro/,
  penalty_models: /gemini-(?:1\.5|2\.0)/,
};

export interface WriteRequestOptions {
  /** As the vendor names it. */
  model: string;
  quirks?: Partial<GeminiQuirks>;
}

export function writeGeminiRequest(asked: ChatRequest, { model, quirks }: WriteRequestOptions): Written {
  const known = { ...geminiQuirks, ...quirks };
  const dropped: Dropped[] = [];
  const drop = (what: string, why: string): void => void dropped.push({ what, why });
  const isOwn = asked.dialect === "gemini";
  const isThird = known.third_models.test(model);
  const writing: Writing = { isOwn, wantsSeals: isThird, takesMediaResults: isThird, drop };
  const takesPenalties = known.penalty_models.test(model);
  const request = isOwn ? asked : carryOver(asked, { isThird, takesPenalties, drop });
  const thinking = isOwn
    ? writeOwnThinking(request.reasoning ?? {})
    : writeThinking(request.reasoning, {
        canThink: known.thinking_models.test(model),
        hasLevels: isThird,
        isPro: known.pro_models.test(model),
        drop,
      });
  const { generationConfig, toolConfig: _, ...extra } = request.extra ?? {};
  const config = writeConfig(request, thinking, generationConfig as Extra | undefined);
  const body = definedOnly<Extra>({
    ...writeContents(request, writing),
    ...writeTools(request, writing),
    generationConfig: Object.keys(config).length > 0 ? config : undefined,
    labels: request.metadata,
    serviceTier: request.service_tier,
    ...extra,
  });
  return { body, dropped };
}

function writeConfig(request: ChatRequest, thinking: Extra | undefined, own: Extra | undefined): Extra {
  const thinkingConfig = { ...thinking, ...(own?.["thinkingConfig"] as Extra | undefined) };
  const { logprobs } = request;
  return definedOnly<Extra>({
    maxOutputTokens: request.max_output_tokens,
    temperature: request.temperature,
    topP: request.top_p,
    topK: request.top_k,
    stopSequences: request.stop,
    seed: request.seed,
    presencePenalty: request.presence_penalty,
    frequencyPenalty: request.frequency_penalty,
    candidateCount: request.choices,
    responseLogprobs: logprobs && true,
    logprobs: logprobs && logprobs.top > 0 ? logprobs.top : undefined,
    ...writeFormat(request.response_format),
    ...own,
    thinkingConfig: Object.keys(thinkingConfig).length > 0 ? thinkingConfig : undefined,
  });
}

/** Gemini holds every answer to its schema, and gives schemas no name. */
function writeFormat(format: ResponseFormat | undefined): Extra {
  if (format === undefined) return {};
  if (format.type === "text") return { responseMimeType: "text/plain" };
  const schema = format.type === "json_schema" ? { responseJsonSchema: format.schema } : {};
  return { responseMimeType: "application/json", ...schema };
}
