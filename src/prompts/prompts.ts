// The prompts of the configuration, taken apart once; and one of them, filled in for a call.
import { hash } from "node:crypto";
import { nearestNames } from "../kernel/index.ts";
import type { Message } from "../providers/contract.ts";
import type { AddedParameters, PromptCall } from "../providers/index.ts";
import type { PromptConfig, PromptsConfig } from "./config.ts";
import { promptsErrors } from "./errors.ts";
import { fillTemplate, parseTemplate, type Template } from "./template.ts";

export interface FilledPrompt {
  id: string;
  version: string | null;
  /** Of the prompt before it was filled in: SHA-256, hex. The same hash is the same prompt, whatever it is called. */
  hash: string;
  messages: Message[];
  /** For a call that names none. */
  model: string | undefined;
  parameters: AddedParameters;
}

export interface Prompts {
  /** Throws `prompts.unknown`, `prompts.unknown_version`, `prompts.missing_variables`, `prompts.unknown_variables`, `prompts.bad_variable`. */
  fill(call: PromptCall): FilledPrompt;
  /** Others in their place, from the next call on. */
  replace(config: PromptsConfig): void;
}

interface Compiled extends Omit<FilledPrompt, "messages"> {
  messages: readonly { role: Message["role"]; template: Template }[];
  names: ReadonlySet<string>;
}

export function createPrompts(config: PromptsConfig): Prompts {
  let prompts = compileAll(config);
  return {
    replace: (next) => void (prompts = compileAll(next)),
    fill({ id, version, variables }) {
      const prompt = prompts.get(id);
      if (!prompt)
        throw promptsErrors.unknown({ id, nearest: nearestNames(id, [...prompts.keys()], 3), param: "prompt.id" });
      if (version !== undefined && version !== prompt.version)
        throw promptsErrors.unknown_version({ id, version, known: prompt.version, param: "prompt.version" });
      const values = valuesOf(prompt, variables);
      const { names: _, messages, ...rest } = prompt;
      return {
        ...rest,
        messages: messages.map(({ role, template }) => ({
          role,
          parts: [{ type: "text", text: fillTemplate(template, values) }],
        })),
      };
    },
  };
}

function compileAll(config: PromptsConfig): Map<string, Compiled> {
  return new Map(Object.entries(config).map(([id, prompt]) => [id, compile(id, prompt)]));
}

function compile(id: string, prompt: PromptConfig): Compiled {
  const { messages, model, parameters, version = null } = prompt;
  const parsed = messages.map(({ role, content }) => ({ role, template: parseTemplate(content) }));
  return {
    id,
    version,
    hash: hash("sha256", JSON.stringify([messages, model ?? null, parameters]), "hex"),
    messages: parsed,
    names: new Set(parsed.flatMap(({ template }) => template.names)),
    model,
    parameters: parametersOf(id, parameters),
  };
}

function parametersOf(
  id: string,
  { reasoning_effort: effort, response_schema: schema, ...plain }: PromptConfig["parameters"],
): AddedParameters {
  const name = id.replaceAll(".", "_").slice(0, SCHEMA_NAME_LENGTH_MAX);
  const said = Object.entries(plain).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(said) as AddedParameters),
    ...(effort !== undefined && { reasoning: { effort } }),
    ...(schema && { response_format: { type: "json_schema", name, schema } }),
  };
}

/** OpenAI's bound. */
const SCHEMA_NAME_LENGTH_MAX = 64;

function valuesOf({ id, names }: Compiled, variables: PromptCall["variables"]): Map<string, string> {
  const given = Object.entries(variables);
  const known = [...names];
  const unknown = given.flatMap(([name]) => (names.has(name) ? [] : [name]));
  const param = "prompt.variables";
  if (unknown.length > 0) throw promptsErrors.unknown_variables({ id, names: unknown, known, param });
  const values = new Map<string, string>();
  for (const [name, value] of given) {
    const text = textOf(value);
    if (text === undefined) throw promptsErrors.bad_variable({ id, name, param: `${param}.${name}` });
    values.set(name, text);
  }
  const missing = known.filter((name) => !values.has(name));
  if (missing.length > 0) throw promptsErrors.missing_variables({ id, names: missing, param });
  return values;
}

/** OpenAI's own prompts take texts in this form, too. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const isText = typeof value === "object" && value !== null && "text" in value && "type" in value;
  return isText && value.type === "input_text" && typeof value.text === "string" ? value.text : undefined;
}
