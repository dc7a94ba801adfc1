// A message as all dialects' content is kept: as OpenAI's chat completions write it, which most readers know.
import type { JsonValue } from "../../wire/wire-span.ts";

// Types and not interfaces, so that a message is JSON for the compiler too.
export type Message = {
  role: string;
  /** Text alone is a text; anything else is parts, those of no known type as they came. */
  content: JsonValue;
  name?: string;
  tool_calls?: ToolCall[];
  /** Of role `tool`: the call that it answers. */
  tool_call_id?: string;
  finish_reason?: string;
};

export type ToolCall = {
  id: string | null;
  type: "function";
  function: { name: string; /** JSON, or what came. */ arguments: string };
};
