// A canonical request in the words of the chat-completions API, for a vendor. Vendors differ in a few names only;
// those differences are data (`ChatQuirks`), so that no vendor needs code of its own.
import type { ChatRequest, Extra, Message, Part, ResponseFormat, ToolCall, ToolDefinition } from "../../../contract.ts";
import { definedOnly } from "../../fields.ts";

/** How a vendor's chat-completions API departs from OpenAI's. */
export interface ChatQuirks {
  /** Takes `stream_options: { include_usage: true }`. A vendor without it sends usage unasked, or never. */
  stream_options: boolean;
  /** What it calls the bound on output. Most took over OpenAI's older name and never the newer one. */
  max_tokens_field: "max_tokens" | "max_completion_tokens";
  /** Where earlier reasoning goes: a field of the message, or a part of its content (`thinking`). */
  reasoning_field: "reasoning_content" | "reasoning" | "thinking";
}

/** OpenAI itself. */
export const openAiQuirks: ChatQuirks = {
  stream_options: true,
  max_tokens_field: "max_completion_tokens",
  reasoning_field: "reasoning_content",
};

/** The JSON body for a vendor. A stream always asks for its usage where the vendor can be asked. */
export function writeChatRequest(request: ChatRequest, quirks: ChatQuirks = openAiQuirks): Record<string, unknown> {
  const { stream_options: asked, ...extra } = request.extra ?? {};
  const streamOptions =
    request.stream && quirks.stream_options ? { ...(asked as Extra), include_usage: true } : undefined;
  return definedOnly<Record<string, unknown>>({
    model: request.model,
    messages: request.messages.map((message) => writeMessage(message, quirks)),
    stream: request.stream,
    stream_options: streamOptions,
    [quirks.max_tokens_field]: request.max_output_tokens,
    temperature: request.temperature,
    top_p: request.top_p,
    stop: request.stop,
    seed: request.seed,
    presence_penalty: request.presence_penalty,
    frequency_penalty: request.frequency_penalty,
    n: request.choices,
    tools: request.tools?.map(writeTool),
    tool_choice: writeToolChoice(request.tool_choice),
    parallel_tool_calls: request.parallel_tool_calls,
    response_format: writeResponseFormat(request.response_format),
    reasoning_effort: request.reasoning?.effort,
    ...(request.logprobs && { logprobs: true, top_logprobs: request.logprobs.top || undefined }),
    service_tier: request.service_tier,
    metadata: request.metadata,
    user: request.user,
    ...extra,
  });
}

function writeMessage(message: Message, quirks: ChatQuirks): Extra {
  const inContent = quirks.reasoning_field === "thinking";
  const reasoning = joined(message.parts, "reasoning");
  const content = message.parts.filter(({ type }) => type !== "refusal" && (type !== "reasoning" || inContent));
  return definedOnly<Extra>({
    role: message.role,
    content: writeContent(content),
    ...(!inContent && reasoning !== undefined && { [quirks.reasoning_field]: reasoning }),
    refusal: joined(message.parts, "refusal"),
    name: message.name,
    tool_calls: message.tool_calls?.map(writeToolCall),
    tool_call_id: message.tool_call_id,
    ...message.extra,
  });
}

function joined(parts: Part[], type: "reasoning" | "refusal"): string | undefined {
  const texts = parts.flatMap((part) => (part.type === type ? [part.text] : []));
  return texts.length > 0 ? texts.join("") : undefined;
}

// One plain text goes as a string: not every vendor takes an array for every role.
function writeContent(parts: Part[]): string | null | Extra[] {
  const [only] = parts;
  if (only === undefined) return null;
  if (parts.length === 1 && only.type === "text" && !only.extra) return only.text;
  return parts.map(writePart);
}

function writePart(part: Part): Extra {
  switch (part.type) {
    case "text":
      return { type: "text", text: part.text, ...part.extra };
    case "refusal":
      return { type: "refusal", refusal: part.text, ...part.extra };
    case "reasoning":
      return { type: "thinking", thinking: [{ type: "text", text: part.text }], ...part.extra };
    case "image":
      return wrap("image_url", { url: part.url, detail: part.detail }, part.extra);
    case "audio":
      return wrap("input_audio", { data: part.data, format: part.format }, part.extra);
    case "file":
      return wrap("file", { file_id: part.file_id, filename: part.filename, file_data: part.data }, part.extra);
    case "other":
      return part.extra;
    default:
      return { ...part };
  }
}

/** `{ type, [type]: inner }`; extras under the same name belong inside. */
function wrap(type: string, inner: Extra, extra: Extra = {}): Extra {
  const { [type]: within, ...outer } = extra;
  return { type, [type]: definedOnly<Extra>({ ...inner, ...(within as Extra) }), ...outer };
}

function writeToolCall(call: ToolCall): Extra {
  if (call.extra?.["type"] === "custom")
    return { id: call.id, ...wrap("custom", { name: call.name, input: call.arguments }, call.extra) };
  return { id: call.id, ...wrap("function", { name: call.name, arguments: call.arguments }, call.extra) };
}

function writeTool(tool: ToolDefinition): Extra {
  if (tool.extra && "type" in tool.extra) return tool.extra;
  const { name, description, parameters, strict } = tool;
  return wrap("function", { name, description, parameters, strict }, tool.extra);
}

function writeToolChoice(choice: ChatRequest["tool_choice"]): unknown {
  return typeof choice === "object" ? { type: "function", function: choice } : choice;
}

function writeResponseFormat(format: ResponseFormat | undefined): Extra | undefined {
  if (format === undefined) return undefined;
  if (format.type === "json") return { type: "json_object" };
  if (format.type === "text") return { type: "text" };
  const { type, ...schema } = format;
  return { type, json_schema: schema };
}
