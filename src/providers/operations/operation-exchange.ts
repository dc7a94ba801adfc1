// What is no chat, between a caller and a vendor that both know OpenAI's protocol: it passes through, with the model's name
// and the credential changed.
import { providersErrors } from "../errors.ts";
import { EVENT_STREAM, type Exchange, JSON_TYPE, type WholeAnswer } from "../exchange/exchange.ts";
import type { CallerRequest } from "../exchange/caller-request.ts";
import { noFacts, takeFacts } from "../passthrough/answer-facts.ts";
import { rewriteRequest } from "../passthrough/rewrite-request.ts";
import type { Target } from "../target.ts";
import { createByteMeter } from "./meter-bytes.ts";
import { openAiOperations } from "./operation.ts";

export function createOperationExchange(target: Target, request: CallerRequest): Exchange {
  const { operation } = request;
  const isOffered = target.vendor.dialectsOf(target.model).includes("openai-chat");
  if (!isOffered || !(operation in openAiOperations))
    throw providersErrors.not_offered({ target: target.id, operation });
  return passThrough(target, request, openAiOperations[operation as keyof typeof openAiOperations].path);
}

function passThrough({ model }: Target, request: CallerRequest, path: string): Exchange {
  return {
    dialect: "openai-chat",
    path,
    headers: request.form ? {} : { "content-type": JSON_TYPE },
    body: request.form
      ? withModel(request.form, request.model, model)
      : rewriteRequest(request.text, request, { model, includeUsage: false }),
    dropped: [],
    isStreamed: (mediaType) => !isText(mediaType),
    readWhole: readAnything,
    createMeter: (eventBytesMax, mediaType) =>
      createByteMeter({ eventBytesMax, isEvents: mediaType.startsWith(EVENT_STREAM) }),
  };
}

/** Answers that are read before they are passed on, for what they say of tokens. */
export function isText(mediaType: string): boolean {
  return (
    mediaType === "" ||
    mediaType.startsWith(JSON_TYPE) ||
    (mediaType.startsWith("text/") && !mediaType.startsWith(EVENT_STREAM))
  );
}

/** Never undefined, except for what calls itself JSON and is none. */
export function readAnything(text: string, mediaType: string): WholeAnswer | undefined {
  const facts = noFacts();
  const isJson = mediaType.startsWith(JSON_TYPE);
  if (isJson) takeFacts(facts, JSON.parse(text));
  return { text, mediaType: mediaType || JSON_TYPE, facts };
}

/** What the caller left to the vendor is left to it, unless a route says otherwise. */
function withModel(form: FormData, asked: string, model: string): FormData {
  const sent = new FormData();
  for (const [name, value] of form) if (name !== "model") sent.append(name, value);
  if (form.has("model") || asked !== model) sent.append("model", model);
  return sent;
}
