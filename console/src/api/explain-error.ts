// Turns whatever a request threw into words: what happened and what to do about it. The server's own words come
// first; this page only speaks for a server that cannot.

export interface Problem {
  /** `away`: nobody answered. `signed_out`: the session is over. `missing`: no such thing. `refused`: anything else. */
  kind: "away" | "signed_out" | "missing" | "refused";
  code: string;
  message: string;
  fix: string;
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
  return { kind: kindOf(status), code: text(inner["code"]) ?? text(outer["code"]) ?? String(status), message, fix };
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
