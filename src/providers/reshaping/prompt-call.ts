// The prompt that a request names, to be filled in before anybody is asked: in its body, or in a header for clients that send
// nothing beside what they know.
import type { AnswerHeaders } from "../../kernel/index.ts";
import type { DialectName } from "../contract.ts";
import { isObject, wrongType } from "../formats/fields.ts";

export interface PromptCall {
  id: string;
  version: string | undefined;
  variables: Readonly<Record<string, unknown>>;
}

export const PROMPT_HEADER = "x-binnacle-prompt";

/** So OpenAI calls the prompts that it keeps itself. */
const KEPT_BY_OPENAI = /^pmpt_/;

/** Undefined where none is named, or one that the vendor keeps. Throws `providers.bad_request`. */
export function readPromptCall(
  dialect: DialectName,
  body: unknown,
  headers: Pick<AnswerHeaders, "get">,
): PromptCall | undefined {
  const header = headers.get(PROMPT_HEADER);
  if (header !== null) return checkPrompt(inHeader(header), `the header ${PROMPT_HEADER}`);
  const said = isObject(body) ? body["prompt"] : undefined;
  if (!isObject(said)) return undefined;
  const isTheirs = dialect === "openai-responses" && typeof said["id"] === "string" && KEPT_BY_OPENAI.test(said["id"]);
  return isTheirs ? undefined : checkPrompt(said, "prompt");
}

/** A name alone, or an object as the body would have it. */
function inHeader(header: string): unknown {
  if (!header.trimStart().startsWith("{")) return { id: header.trim() };
  try {
    return JSON.parse(header);
  } catch {
    return header;
  }
}

function checkPrompt(said: unknown, where: string): PromptCall {
  if (!isObject(said))
    throw wrongType(where, 'a name, or an object such as {"id":"greet","variables":{"name":"Ada"}}', said);
  const { id, version, variables } = said;
  if (typeof id !== "string" || id === "") throw wrongType(`${where}.id`, "the name of a prompt", id);
  if (version !== undefined && version !== null && typeof version !== "string")
    throw wrongType(`${where}.version`, "a text", version);
  if (variables !== undefined && variables !== null && !isObject(variables))
    throw wrongType(`${where}.variables`, "an object", variables);
  return { id, version: version ?? undefined, variables: variables ?? {} };
}
