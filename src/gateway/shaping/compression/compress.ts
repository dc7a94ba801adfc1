// A request with less in it that says the same, in its caller's dialect, and about what that saves.
import type { CallRecord } from "../../../ledger/contract.ts";
import { type CallerRequest, estimateTextTokens, type MessageText, rewriteTexts } from "../../../providers/index.ts";
import { collapseWhitespace } from "./collapse-whitespace.ts";
import type { CompressionConfig } from "./config.ts";
import { dropRepeats } from "./drop-repeats.ts";

export interface Compressed {
  /** The same one where there was nothing to leave out. */
  request: CallerRequest;
  compression: NonNullable<CallRecord["compression"]>;
}

/** Undefined for what is no chat. */
export function compress(request: CallerRequest, config: CompressionConfig): Compressed | undefined {
  if (request.operation !== "chat" || request.native) return undefined;
  let [before, after] = [0, 0];
  const compressed = rewriteTexts(request, (texts) => {
    const left = compressTexts(texts, config);
    for (const [place, { text }] of texts.entries()) {
      const tokens = estimateTextTokens(text);
      before += tokens;
      after += left[place] === text ? tokens : estimateTextTokens(left[place] ?? "");
    }
    return left;
  });
  return {
    request: compressed,
    compression: { input_tokens_before: before, input_tokens_after: after, saved_usd_micros: null },
  };
}

/** Pure; one text for each, in their order. Twice is the same as once. */
export function compressTexts(
  texts: readonly Pick<MessageText, "text" | "isCached">[],
  { whitespace, repeated_context, cached_prefixes }: CompressionConfig,
): string[] {
  const held = texts.map(({ text, isCached }) => {
    const isKept = isCached && !cached_prefixes;
    return { isKept, text: whitespace && !isKept ? collapseWhitespace(text) : text };
  });
  return repeated_context ? dropRepeats(held) : held.map(({ text }) => text);
}
