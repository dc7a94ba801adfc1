// Log probabilities: one item for what an event of the stream adds, which may be several tokens.
import type { Extra } from "../../../contract.ts";
import { isObject, textOf } from "../../fields.ts";

/** Several items as one; undefined where there are none. */
export function joinLogprobs(items: readonly unknown[]): unknown {
  if (items.length < 2) return items[0];
  return items.filter(isObject).reduce<Extra>(
    (joined, item) => ({
      text: textOf(joined["text"]) + textOf(item["text"]),
      token_ids: [...listOf(joined["token_ids"]), ...listOf(item["token_ids"])],
      logprobs: [...listOf(joined["logprobs"]), ...listOf(item["logprobs"])],
    }),
    {},
  );
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
