// `options`: how the answer is drawn, and how the model is run. The first mostly has canonical words; the second is Ollama's own.
import type { ChatRequest, Extra } from "../../../contract.ts";
import { definedOnly, type Fields, openFields, wrongType } from "../../fields.ts";

type Sampling = Pick<
  ChatRequest,
  "max_output_tokens" | "temperature" | "top_p" | "top_k" | "stop" | "seed" | "presence_penalty" | "frequency_penalty"
>;

/** With the rest under its own names, as `options`. Throws `providers.bad_request`. */
export function readOptions(fields: Fields): Sampling & { options?: Extra } {
  const given = fields.object("options");
  if (given === undefined) return {};
  const options = openFields(given, "options", "an object");
  const limit = options.integer("num_predict");
  // Below zero there is no limit, or one that the model's memory sets.
  const isLimit = limit !== undefined && limit >= 0;
  const sampling = definedOnly<Sampling>({
    max_output_tokens: isLimit ? limit : undefined,
    temperature: options.number("temperature"),
    top_p: options.number("top_p"),
    top_k: options.integer("top_k"),
    stop: readStop(options),
    seed: options.integer("seed"),
    presence_penalty: options.number("presence_penalty"),
    frequency_penalty: options.number("frequency_penalty"),
  });
  const rest = { ...options.rest(), ...(limit !== undefined && !isLimit && { num_predict: limit }) };
  return Object.keys(rest).length > 0 ? { ...sampling, options: rest } : sampling;
}

function readStop(options: Fields): string[] | undefined {
  const stop = options.list("stop");
  if (stop === undefined || stop.every((each) => typeof each === "string")) return stop;
  throw wrongType(
    "options.stop",
    "an array of strings",
    stop.find((each) => typeof each !== "string"),
  );
}
