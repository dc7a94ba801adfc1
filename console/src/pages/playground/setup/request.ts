// A setup as requests: one for each column, in the words of chat completions. What is not JSON where JSON belongs is a problem of its field.
import type { ModelAnswer } from "../../../api/model/answer.ts";
import type { Column, Settings, Setup, Turn } from "./setup.ts";

export type JsonField = "tools" | "schema" | "more";

/** What is wrong with a JSON field, in the browser's words; nothing where all can be sent. */
export function findProblems({
  settings,
  columns,
  turns,
  system,
}: Setup): { field: JsonField | null; message: string }[] {
  const problems: { field: JsonField | null; message: string }[] = [];
  const tools = readJson(settings.tools);
  if (tools.problem !== null) problems.push({ field: "tools", message: tools.problem });
  else if (tools.value !== undefined && !Array.isArray(tools.value))
    problems.push({ field: "tools", message: "Tools are a list: [ { … } ]." });
  for (const field of ["schema", "more"] as const) {
    const { value, problem } = readJson(settings[field]);
    if (problem !== null) problems.push({ field, message: problem });
    else if (value !== undefined && !isObject(value))
      problems.push({ field, message: "An object belongs here: { … }." });
  }
  if (columns.some(({ model }) => model.trim() === ""))
    problems.push({ field: null, message: "Name a model or a route to ask." });
  if (system.trim() === "" && turns.every(isEmpty)) problems.push({ field: null, message: "There is no message yet." });
  return problems;
}

/** `said`: what a column went on with after the shared messages. */
export function requestFor(setup: Setup, column: Column, said: readonly Turn[] = []): Record<string, unknown> {
  const { settings } = setup;
  const system = column.system ?? setup.system;
  const turns = [...setup.turns.filter((turn) => !isEmpty(turn)), ...said];
  const schema = readJson(settings.schema).value;
  return withoutNull({
    model: column.model.trim(),
    messages: [...(system.trim() === "" ? [] : [{ role: "system", content: system }]), ...turns.map(messageFrom)],
    temperature: column.temperature ?? settings.temperature,
    max_tokens: column.max_tokens ?? settings.max_tokens,
    top_p: settings.top_p,
    n: settings.n,
    seed: settings.seed,
    tools: readJson(settings.tools).value ?? null,
    response_format: schema === undefined ? null : formatFrom(schema),
    ...(readJson(settings.more).value as object | undefined),
  });
}

/** The answer as a message that the conversation goes on from. */
export function turnFrom({ choices }: ModelAnswer): Turn {
  const first = choices[0];
  return {
    role: "assistant",
    text: first?.text ?? "",
    images: [],
    toolCalls: first?.toolCalls ?? [],
    toolCallId: "",
    otherParts: [],
  };
}

export const isEmpty = ({ text, images, toolCalls, otherParts, role }: Turn): boolean =>
  text.trim() === "" && images.length === 0 && toolCalls.length === 0 && otherParts.length === 0 && role !== "tool";

function messageFrom({ role, text, images, toolCalls, toolCallId, otherParts }: Turn): object {
  const urls = images.filter((url) => url.trim() !== "");
  const parts = [
    ...(text === "" ? [] : [{ type: "text", text }]),
    ...urls.map((url) => ({ type: "image_url", image_url: { url: url.trim() } })),
    ...otherParts,
  ];
  const content = urls.length + otherParts.length > 0 ? parts : text === "" && toolCalls.length > 0 ? null : text;
  return {
    role,
    content,
    ...(toolCalls.length > 0 && {
      tool_calls: toolCalls.map((call) => ({
        id: call.id,
        type: "function",
        function: { name: call.name, arguments: call.arguments },
      })),
    }),
    ...(role === "tool" && { tool_call_id: toolCallId }),
  };
}

/** A schema alone, or what `response_format` takes. */
function formatFrom(schema: unknown): unknown {
  if (isObject(schema) && (schema["type"] === "json_schema" || schema["type"] === "json_object")) return schema;
  return { type: "json_schema", json_schema: { name: "answer", strict: true, schema } };
}

export function readJson(text: Settings[JsonField]): { value: unknown; problem: string | null } {
  if (text.trim() === "") return { value: undefined, problem: null };
  try {
    return { value: JSON.parse(text) as unknown, problem: null };
  } catch (error) {
    return {
      value: undefined,
      problem: error instanceof Error ? `This is not JSON: ${error.message}` : "This is not JSON.",
    };
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function withoutNull(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
