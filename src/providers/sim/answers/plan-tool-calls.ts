// Which tools the simulator calls, and with what. Tools that the prompt names are called together; of several things
// listed ("Paris and London") each gets its own call; otherwise it is the tool whose words are nearest to the question's.
import { isObject } from "../../formats/fields.ts";
import type { ChatRequest, ToolDefinition } from "../../contract.ts";
import type { PromptFacts } from "./prompt-facts.ts";
import { createValueSource, valueForSchema } from "../schema/schema-value.ts";
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
  const most = request.parallel_tool_calls === false ? 1 : CALLS_MAX;
  const tools = toolsToCall(request, facts).slice(0, most);
  const [only] = tools;
  if (!only || tools.length > 1 || facts.listed.length < 2) return tools.map((tool) => planCall(tool, facts, seeded));
  return facts.listed
    .slice(0, most)
    .map((subject) => planCall(only, { ...facts, names: [subject], topics: [subject] }, seeded));
}

function planCall(tool: ToolDefinition, facts: PromptFacts, seeded: Seeded): PlannedCall {
  const value = tool.parameters ? valueForSchema(tool.parameters, createValueSource(facts, seeded)) : {};
  const text = JSON.stringify(isObject(value) ? value : {});
  const mark = seedFromText(`${tool.name} ${text} ${seeded.next()}`).toString(36).padStart(7, "0");
  return { id: `call_sim_${mark}`, name: tool.name, arguments: text };
}

function toolsToCall(request: ChatRequest, facts: PromptFacts): ToolDefinition[] {
  const choice = request.tool_choice ?? "auto";
  // Tools of other types (a vendor's own search, free-text tools) have no schema to call them by.
  const tools = (request.tools ?? []).filter((tool) => tool.extra?.["type"] === undefined);
  if (choice === "none") return [];
  if (typeof choice === "object") return tools.filter((tool) => tool.name === choice.name).slice(0, 1);
  if (choice === "auto" && request.messages.at(-1)?.role !== "user") return [];
  const named = toolsNamed(tools, facts.question.toLowerCase());
  return named.length > 0 ? named : nearestTool(tools, facts.question);
}

/** In the order in which the question names them. */
function toolsNamed(tools: ToolDefinition[], question: string): ToolDefinition[] {
  return tools
    .map((tool) => ({ tool, at: question.indexOf(tool.name.toLowerCase()) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)
    .map(({ tool }) => tool);
}

/** The tool that shares most words with the question; the first of them when none shares any. */
function nearestTool(tools: ToolDefinition[], question: string): ToolDefinition[] {
  const asked = new Set(wordsOf(question));
  return tools
    .map((tool) => ({
      tool,
      shared: wordsOf(`${tool.name} ${tool.description ?? ""}`).filter((word) => asked.has(word)).length,
    }))
    .toSorted((a, b) => b.shared - a.shared)
    .slice(0, 1)
    .map(({ tool }) => tool);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
}
