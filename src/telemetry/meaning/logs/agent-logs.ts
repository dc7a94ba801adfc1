// What coding agents log of themselves: Claude Code, Codex and Gemini CLI send few spans or none, and a log for every request
// to a model, with its tokens, and for every tool that they ran.
import type { SpanDialect, SpanKind } from "../../../ledger/contract.ts";
import type { NameTable } from "../names/said.ts";

export interface AgentEvent {
  kind: SpanKind;
  operation: string | null;
  dialect: SpanDialect;
}

const call = { kind: "call", operation: "chat" } as const;
const tool = { kind: "tool", operation: "execute_tool" } as const;
const log = { kind: "log", operation: null } as const;

/** By the event's name; other events of these agents are plain logs of their dialect. */
export const agentEvents: Readonly<Record<string, AgentEvent>> = {
  "claude_code.api_request": { ...call, dialect: "claude_code" },
  "claude_code.api_error": { ...call, dialect: "claude_code" },
  "claude_code.tool_result": { ...tool, dialect: "claude_code" },
  "codex.sse_event": { ...call, dialect: "codex" },
  "codex.tool_result": { ...tool, dialect: "codex" },
  "gemini_cli.api_response": { ...call, dialect: "gemini_cli" },
  "gemini_cli.api_error": { ...call, dialect: "gemini_cli" },
  "gemini_cli.tool_call": { ...tool, dialect: "gemini_cli" },
};

const agents = ["claude_code", "codex", "gemini_cli"] as const;

/** Undefined of a log that is no coding agent's. */
export function agentEventOf(name: string, kindOfEvent: unknown): AgentEvent | undefined {
  // Codex logs every event of a stream; the last has the usage, and alone stands for the call.
  const isPart =
    name === "codex.sse_event" && kindOfEvent !== "response.completed" && kindOfEvent !== "response.failed";
  if (!isPart && Object.hasOwn(agentEvents, name)) return agentEvents[name];
  const agent = agents.find((one) => name.startsWith(`${one}.`));
  return agent && { ...log, dialect: agent };
}

/** The names in these agents' logs, by field, as in `names/field-names.ts`. */
export const agentLogNames: NameTable = {
  session: ["session.id", "conversation.id", "session_id"],
  user: ["user.email", "user.account_uuid", "user.account_id", "user.id"],
  environment: ["deployment.environment.name", "deployment.environment", "env"],
  service: ["service.name"],
  service_version: ["service.version", "app.version"],
  model: ["model", "model_name", "slug"],
  response_id: ["request_id", "response_id"],
  finish_reason: ["finish_reasons", "finish_reason", "stop_reason"],
  tool_name: ["tool_name", "function_name"],
  tool_call: ["tool_use_id", "call_id"],
  tokens_input: ["input_tokens", "input_token_count"],
  tokens_output: ["output_tokens", "output_token_count"],
  tokens_total: ["total_token_count"],
  tokens_cache_read: ["cache_read_tokens", "cached_token_count", "cached_content_token_count"],
  tokens_cache_write: ["cache_creation_tokens"],
  tokens_reasoning: ["reasoning_token_count", "thoughts_token_count"],
  cost: ["cost_usd"],
  first_token_ms: ["ttft_ms"],
  error_code: ["error_type", "error.type", "status_code", "http.response.status_code"],
  error_message: ["error", "error.message", "error_message"],
  input: ["prompt", "request_text", "tool_input", "tool_parameters", "arguments", "function_args"],
  output: ["response_text", "tool_output", "output"],
};

/** Whose models an agent asks where its logs do not name a vendor. */
export const agentVendors: Partial<Readonly<Record<SpanDialect, string>>> = {
  claude_code: "anthropic",
  codex: "openai",
  gemini_cli: "google",
};

/** How long what was logged took, where the log says so. */
export const durationNames = ["duration_ms", "duration"] as const;
