// A call that names a prompt, with the prompt's messages before its own.
import type { CallRecord } from "../../ledger/contract.ts";
import type { Prompts } from "../../prompts/index.ts";
import {
  addMessages,
  type CallerRequest,
  type Dropped,
  type PromptCall,
  providersErrors,
} from "../../providers/index.ts";

export interface Prompted {
  request: CallerRequest;
  prompt: NonNullable<CallRecord["prompt"]>;
  /** What the caller's dialect has no words for. */
  dropped: Dropped[];
}

/** Throws what `prompts.fill` throws, and `providers.bad_request` where neither names a model. */
export function fillPrompt(prompts: Pick<Prompts, "fill">, request: CallerRequest, call: PromptCall): Prompted {
  const { id, version, hash, messages, parameters, model: usual } = prompts.fill(call);
  const model = request.model || usual;
  if (model === undefined)
    throw providersErrors.bad_request({
      param: "model",
      problem: `is missing, and the prompt ${JSON.stringify(id)} names none`,
      fix: "Add `model`, or let the prompt name one in the configuration.",
    });
  const { prompt: _, ...rest } = request;
  const { request: filled, dropped } = addMessages(
    { ...rest, model },
    {
      messages,
      parameters,
      place: "before",
      heeded: "prompt",
    },
  );
  return { request: filled, prompt: { id, version, hash }, dropped };
}
