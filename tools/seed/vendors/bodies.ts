// Answers of invented vendors as the chat-completions protocol says them: whole, or in chunks.
import { countTokens, type PlannedAnswer } from "./answer.ts";

const CHUNKS_MAX = 12;
const DIMENSIONS = 32;

export function wholeOf(model: string, planned: PlannedAnswer, nowMs: number) {
  const message = {
    role: "assistant",
    content: planned.toolCalls ? null : planned.text,
    ...(planned.toolCalls && { tool_calls: toolCallsOf(planned) }),
  };
  return {
    ...headOf(model, planned, { object: "chat.completion", nowMs }),
    choices: [{ index: 0, message, finish_reason: finishOf(planned) }],
    usage: usageOf(planned),
  };
}

/** Server-sent events, the last one included. */
export function chunksOf(model: string, planned: PlannedAnswer, nowMs: number): string[] {
  const head = headOf(model, planned, { object: "chat.completion.chunk", nowMs });
  const event = (delta: object, finish: string | null = null): string =>
    `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
  const texts = planned.toolCalls
    ? toolCallsOf(planned).map((call, index) => event({ tool_calls: [{ index, ...call }] }))
    : piecesOf(planned.text).map((content) => event({ content }));
  const end = { ...head, choices: [], usage: usageOf(planned) };
  return [
    event({ role: "assistant", content: "" }),
    ...texts,
    event({}, finishOf(planned)),
    `data: ${JSON.stringify(end)}\n\ndata: [DONE]\n\n`,
  ];
}

export function embeddingsOf(model: string, inputs: readonly string[]) {
  const tokens = inputs.reduce((sum, text) => sum + countTokens(text), 0);
  return {
    object: "list",
    model,
    data: inputs.map((text, index) => ({
      object: "embedding",
      index,
      embedding: Array.from(
        { length: DIMENSIONS },
        (_, place) => (Bun.hash.crc32(`${place}${text}`) % 2000) / 1000 - 1,
      ),
    })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

function headOf(model: string, { text }: PlannedAnswer, { object, nowMs }: { object: string; nowMs: number }) {
  return {
    id: `chatcmpl-${Bun.hash(`${nowMs}${text}`).toString(36)}`,
    object,
    created: Math.trunc(nowMs / 1000),
    model,
  };
}

function toolCallsOf({ toolCalls = [] }: PlannedAnswer) {
  return toolCalls.map(({ name, arguments: given }, index) => ({
    id: `call_${Bun.hash(`${name}${index}${JSON.stringify(given)}`).toString(36)}`,
    type: "function",
    function: { name, arguments: JSON.stringify(given) },
  }));
}

function finishOf({ toolCalls, finish = "stop" }: PlannedAnswer): string {
  return toolCalls ? "tool_calls" : finish;
}

function usageOf({ text, toolCalls, inputTokens, cachedTokens = 0, reasoningTokens = 0 }: PlannedAnswer) {
  const said = countTokens(toolCalls ? JSON.stringify(toolCalls) : text) + reasoningTokens;
  return {
    prompt_tokens: inputTokens,
    completion_tokens: said,
    total_tokens: inputTokens + said,
    prompt_tokens_details: { cached_tokens: cachedTokens },
    completion_tokens_details: { reasoning_tokens: reasoningTokens },
  };
}

function piecesOf(text: string): string[] {
  const words = text.match(/\S+\s*|\s+/g) ?? [];
  const size = Math.max(1, Math.ceil(words.length / CHUNKS_MAX));
  return Array.from({ length: Math.ceil(words.length / size) }, (_, index) =>
    words.slice(index * size, (index + 1) * size).join(""),
  );
}
