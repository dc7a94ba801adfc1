// A caller's request for something that is no chat, in OpenAI's protocol.
import type { CallerRequest } from "../exchange/caller-request.ts";
import { isObject, missing, wrongType } from "../formats/fields.ts";
import { embeddingCallers } from "../formats/embeddings/index.ts";
import { rerankCallers } from "../formats/rerank/index.ts";
import { type OpenAiOperation, openAiOperations } from "./operation.ts";

/** Checks what the gateway itself relies on; the vendor judges the rest. Throws `providers.bad_request`. */
export function checkOperation(
  operation: OpenAiOperation,
  sent: { text: string; body: unknown } | { form: FormData },
): CallerRequest {
  const fields = "form" in sent ? Object.fromEntries(sent.form) : sent.body;
  if (!isObject(fields)) throw wrongType("", "a JSON object", fields);
  const { stream } = fields;
  const model = fields["model"] ?? openAiOperations[operation].modelDefault;
  if (model === undefined) throw missing("model", "the name of a route or a model; GET /v1/models lists them");
  if (typeof model !== "string" || model === "") throw wrongType("model", "a non-empty string", model);
  return {
    operation,
    dialect: "openai-chat",
    text: "form" in sent ? describeForm(sent.form) : sent.text,
    ...("form" in sent && { form: sent.form }),
    model,
    stream: stream === true || stream === "true",
    includeUsage: false,
  };
}

/** Reranking, in Cohere's format. Throws `providers.bad_request`. */
export function checkRerank({ text, body }: { text: string; body: unknown }, version: 1 | 2): CallerRequest {
  const { model } = rerankCallers[version === 1 ? "cohere-v1" : "cohere-v2"].readRequest(body);
  const said = {
    operation: "rerank",
    dialect: "cohere-chat",
    text,
    model,
    stream: false,
    includeUsage: false,
  } as const;
  return version === 1 ? { ...said, version } : said;
}

/** Embeddings in another format than OpenAI's; Gemini has the model in the address. Throws `providers.bad_request`. */
export function checkEmbeddings(
  dialect: "gemini" | "cohere-chat",
  { text, body, model: addressed }: { text: string; body: unknown; model?: string },
): CallerRequest {
  const { model } = embeddingCallers[dialect === "gemini" ? "gemini" : "cohere"].readRequest(body, addressed);
  return { operation: "embeddings", dialect, text, model, stream: false, includeUsage: false };
}

/** Its fields as JSON, for the record; of files, what they are. */
function describeForm(form: FormData): string {
  const fields = [...form].map(([name, value]) => [
    name,
    typeof value === "string" ? value : { filename: value.name, media_type: value.type, size_bytes: value.size },
  ]);
  return JSON.stringify(Object.fromEntries(fields));
}
