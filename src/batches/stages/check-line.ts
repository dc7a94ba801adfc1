// One line of an input file: is it a request that this batch may hold? Problems are named as OpenAI names them.
import type { InputProblem } from "../batch.ts";
import type { TextLine } from "./split-lines.ts";

export type CheckedLine = { customId: string; body: string } | { problem: InputProblem };

const CUSTOM_ID_LENGTH_MAX = 512;

/** `seen` holds the custom ids so far, and takes this one. */
export function checkLine(
  { line, text }: TextLine,
  { endpoint, seen }: { endpoint: string; seen: Set<string> },
): CheckedLine {
  const refuse = (code: string, message: string, param: string | null = null) => ({
    problem: { code, line, message, param },
  });
  if (text === undefined) return refuse("request_too_large", "This line is longer than one request may be.");
  const request = parseObject(text);
  if (!request) return refuse("invalid_json_line", "This line is not parseable as valid JSON.");
  for (const name of ["custom_id", "method", "url", "body"])
    if (request[name] === undefined || request[name] === null)
      return refuse("missing_required_parameter", `Missing required parameter: '${name}'.`, name);
  const { custom_id: customId, method, url, body } = request;
  if (typeof customId !== "string" || !isCustomId(customId))
    return refuse(
      "invalid_custom_id",
      `'custom_id' must be a string of 1 to ${CUSTOM_ID_LENGTH_MAX} characters.`,
      "custom_id",
    );
  if (method !== "POST") return refuse("invalid_method", "'method' must be POST.", "method");
  if (url !== endpoint)
    return refuse("url_mismatch", `The URL of this line must be the endpoint of the batch, ${endpoint}.`, "url");
  if (typeof body !== "object" || Array.isArray(body))
    return refuse("invalid_type", "'body' must be a JSON object.", "body");
  if (seen.has(customId))
    return refuse("duplicate_custom_id", `The custom_id '${customId}' stands in more than one line.`, "custom_id");
  seen.add(customId);
  return { customId, body: JSON.stringify(body) };
}

function isCustomId(text: string): boolean {
  return text.length >= 1 && text.length <= CUSTOM_ID_LENGTH_MAX && !text.includes("\0") && text.isWellFormed();
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
