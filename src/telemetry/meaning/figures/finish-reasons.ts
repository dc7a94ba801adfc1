// Why an answer ended, in the words that our own calls' records have; a reason that is not known stays as it came.

const reasons: Readonly<Record<string, string>> = {
  stop: "stop",
  end_turn: "stop",
  stop_sequence: "stop",
  eos: "stop",
  complete: "stop",
  completed: "stop",
  length: "length",
  max_tokens: "length",
  max_output_tokens: "length",
  tool_calls: "tool_calls",
  tool_call: "tool_calls",
  tool_use: "tool_calls",
  function_call: "tool_calls",
  content_filter: "content_filter",
  content_filtered: "content_filter",
  safety: "content_filter",
  refusal: "refusal",
  pause_turn: "pause",
  unknown: "other",
  other: "other",
};

export function finishReasonOf(said: string): string {
  const word = said.toLowerCase().replaceAll("-", "_");
  return Object.hasOwn(reasons, word) ? (reasons[word] ?? said) : said;
}
