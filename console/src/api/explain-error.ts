// Turns whatever a request threw into words: what happened and what to do about it. The server's own words come
// first; this page only speaks for a server that cannot.

export interface Problem {
  /** `away`: nobody answered. `signed_out`: the session is over. `missing`: no such thing. `refused`: anything else. */
  kind: "away" | "signed_out" | "missing" | "refused";
  code: string;
  message: string;
  fix: string;
  /** What is wrong with a field of what was sent, by its name, where the server says so. */
  fields?: Record<string, string>;
}

/** `{ code, message, fix }` of an answer, wherever the server or the client library put it. */
export function explainError(error: unknown): Problem {
  const outer = fields(error);
  const status = outer["status"];
  if (typeof status !== "number") return serverAway(error);
  const data = fields(outer["data"]);
  const inner = fields(data["body"]);
  const message = text(inner["message"]) ?? text(outer["message"]) ?? `The server answered with status ${status}.`;
  const fix = text(data["fix"]) ?? text(inner["fix"]) ?? "Look at the server's log for this moment; then try again.";
  const code = text(inner["code"]) ?? text(outer["code"]) ?? String(status);
  const wrong = wrongFields(data["issues"]);
  if (wrong === null) return { kind: kindOf(status), code, message, fix };
  const told = Object.entries(wrong).map(([name, words]) => (name === "" ? words : `\`${name}\`: ${words}`));
  return {
    kind: "refused",
    code,
    message: "Something in it does not hold, and nothing was changed.",
    fix: told.join(" "),
    fields: wrong,
  };
}

/** What the contract finds wrong, by the name of the field: `budgets.0.usd`. Null where it was not asked. */
function wrongFields(issues: unknown): Record<string, string> | null {
  if (!Array.isArray(issues) || issues.length === 0) return null;
  const wrong: Record<string, string> = {};
  for (const issue of issues as unknown[]) {
    const { path, message } = fields(issue);
    const name = Array.isArray(path) ? path.map(String).join(".") : "";
    wrong[name] ??= `${text(message) ?? "It is not what is asked for"}.`.replace(/\.\.$/, ".");
  }
  return wrong;
}

function kindOf(status: number): Problem["kind"] {
  if (status === 401) return "signed_out";
  if (status === 404) return "missing";
  return status === 502 || status === 504 ? "away" : "refused";
}

function serverAway(error: unknown): Problem {
  return {
    kind: "away",
    code: "console.no_answer",
    message: "Binnacle does not answer.",
    fix: `It may be stopped or starting again. This page keeps trying. (${error instanceof Error ? error.message : String(error)})`,
  };
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
