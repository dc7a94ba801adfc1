// Which tools the simulator calls, and with what. Tools that the prompt names are called together; of several things
// listed ("Paris and London") each gets its own call; otherwise it is the tool whose words are nearest to the question's.
import { isObject } from "../../formats/fields.ts";
import type { ChatRequest, ToolDefinition } from "../../contract.ts";
import type { PromptFacts } from "./prompt-facts.ts";
import { createValueSource, valueForSchema } from "./schema-value.ts";
import { seedFromText, type Seeded } from "./seeded.ts";

export interface PlannedCall {
  id: string;
  name: string;
  /** JSON text. */
  arguments: string;
}

const CALLS_MAX = 8;

/** Empty when the request gives no tools, forbids them, or has its results already. */
export function planToolCalls(request: ChatRequest, facts: PromptFacts, seeded: Seeded): PlannedCall[] {
  const tools = toolsToCall(request, facts);
  const single = request.parallel_tool_calls === false ? tools.slice(0, 1) : tools.slice(0, CALLS_MAX);
  const [only] = single;
  const subjects = single.length === 1 && request.parallel_tool_calls !== false ? facts.listed.slice(0, CALLS_MAX) : [];
  if (only && subjects.length > 1)
    return subjects.map((subject) => planCall(only, { ...facts, names: [subject], topics: [subject] }, seeded));
  return single.map((tool) => planCall(tool, facts, seeded));
}

function planCall(tool: ToolDefinition, facts: PromptFacts, seeded: Seeded): PlannedCall {
  const value = tool.parameters ? valueForSchema(tool.parameters, createValueSource(facts, seeded)) : {};
  const text = JSON.stringify(isObject(value) ? value : {});
  const mark = seedFromText(`${tool.name} ${text} ${seeded.next()}`).toString(36).padStart(7, "0");
  return { id: `call_sim_${mark}`, name: tool.name, arguments: text };
}

function toolsToCall(
  { tools = [], tool_choice: choice = "auto", messages }: ChatRequest,
  facts: PromptFacts,
): ToolDefinition[] {
  if (choice === "none" || tools.length === 0) return [];
  if (typeof choice === "object") return tools.filter((tool) => tool.name === choice.name).slice(0, 1);
  if (choice === "auto" && messages.at(-1)?.role !== "user") return [];
  const question = facts.question.toLowerCase();
  const named = tools
    .filter((tool) => question.includes(tool.name.toLowerCase()))
    .toSorted((a, b) => question.indexOf(a.name.toLowerCase()) - question.indexOf(b.name.toLowerCase()));
  return named.length > 0 ? named : nearestTool(tools, facts);
}

/** The tool that shares most words with the question; the first of them when none shares any. */
function nearestTool(tools: ToolDefinition[], facts: PromptFacts): ToolDefinition[] {
  const asked = new Set(facts.question.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu));
  const score = (tool: ToolDefinition): number => {
    const words = `${tool.name} ${tool.description ?? ""}`.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
    return words.filter((word) => asked.has(word)).length;
  };
  return tools.toSorted((a, b) => score(b) - score(a)).slice(0, 1);
}
