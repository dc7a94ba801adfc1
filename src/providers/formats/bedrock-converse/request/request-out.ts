// A canonical request as the body of Converse for a vendor. The model stands in the address, and so does streaming. A request that
// came in this dialect says just what it said.
import type { ChatRequest, Extra, ResponseFormat } from "../../../contract.ts";
import type { Dropped, Written } from "../../dialect.ts";
import { definedOnly } from "../../fields.ts";
import type { Writing } from "./block-out.ts";
import { carryOver } from "./carry-over.ts";
import { type BedrockQuirks, familyOf } from "../models/families.ts";
import { writeMessages } from "./message-out.ts";
import { writeCarriedFields, writeOwnFields } from "../models/fields-out.ts";
import { bedrockQuirks } from "../models/quirks.ts";
import { writeToolConfig } from "./tool-out.ts";

export interface WriteRequestOptions {
  /** As the vendor names it. */
  model: string;
  quirks?: Partial<BedrockQuirks>;
}

export function writeConverseRequest(asked: ChatRequest, { model, quirks: given }: WriteRequestOptions): Written {
  const quirks = { ...bedrockQuirks, ...given };
  const dropped: Dropped[] = [];
  const drop = (what: string, why: string): void => void dropped.push({ what, why });
  const isOwn = asked.dialect === "bedrock-converse";
  const canCache = quirks.caching_models.test(model);
  const writing: Writing = { isOwn, canCache, documentNames: new Set(), drop };
  const isSchemaless = quirks.schemaless_models.test(model);
  const { request, fields } = isOwn
    ? writeOwnFields(asked, familyOf(model, quirks))
    : writeCarriedFields(carryOver(asked, { isSchemaless, drop }), { model, quirks, drop });
  const { inferenceConfig, toolConfig: _, additionalModelRequestFields: __, ...extra } = request.extra ?? {};
  const config = definedOnly<Extra>({
    maxTokens: request.max_output_tokens,
    temperature: request.temperature,
    topP: request.top_p,
    stopSequences: request.stop,
    ...(inferenceConfig as Extra | undefined),
  });
  const body = definedOnly<Extra>({
    ...writeMessages(request, writing),
    inferenceConfig: Object.keys(config).length > 0 ? config : undefined,
    toolConfig: writeToolConfig(request, writing),
    additionalModelRequestFields: fields,
    serviceTier: request.service_tier === undefined ? undefined : { type: request.service_tier },
    requestMetadata: request.metadata,
    ...extra,
    outputConfig: merged(extra["outputConfig"], writeFormat(request.response_format)),
  });
  return { body, dropped };
}

function writeFormat(format: ResponseFormat | undefined): Extra | undefined {
  if (format?.type !== "json_schema") return undefined;
  const { name, description, schema } = format;
  const jsonSchema = definedOnly<Extra>({ schema: JSON.stringify(schema), name, description });
  return { textFormat: { type: "json_schema", structure: { jsonSchema } } };
}

function merged(extra: unknown, said: Extra | undefined): Extra | undefined {
  const whole = { ...(extra as Extra | undefined), ...said };
  return Object.keys(whole).length > 0 ? whole : undefined;
}
