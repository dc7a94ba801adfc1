// Faults as a caller on the network meets them. Which one strikes is drawn once a call; what breaks in the middle of an
// answer is done where the answer is sent (sim.ts).
import type { SimFault } from "../sim-config.ts";
import { simFaultNames } from "../sim-config.ts";
import type { SimProfile } from "../sim-models.ts";

/** At most one fault a call. No number is drawn when none is possible, so a faultless run uses no randomness for it. */
export function drawFault(rates: SimProfile["rates"], random: () => number): SimFault | undefined {
  const possible = simFaultNames.filter((fault) => (rates[fault] ?? 0) > 0);
  if (possible.length === 0) return undefined;
  let left = random();
  for (const fault of possible) {
    left -= rates[fault] ?? 0;
    // The sum of the rates may be a binary hair below 1, and a rate of 1 means always.
    if (left < 0) return fault;
  }
  return left < 1e-9 ? possible.at(-1) : undefined;
}

/** An error body in OpenAI's words. */
export function errorResponse(
  status: number,
  error: { message: string; type: string; code: string | null; param?: string },
  headers: Record<string, string> = {},
): Response {
  return Response.json({ error: { param: null, ...error } }, { status, headers });
}

/** The answer for faults that are a whole answer of their own; undefined for those that strike elsewhere. */
export function responseForFault(fault: SimFault | undefined, profile: SimProfile): Response | undefined {
  switch (fault) {
    case "429":
      return errorResponse(
        429,
        {
          message: `Rate limit reached for ${profile.model} (simulated). Please try again in ${profile.retryAfterS}s.`,
          type: "requests",
          code: "rate_limit_exceeded",
        },
        { "retry-after": String(profile.retryAfterS) },
      );
    case "500":
      return errorResponse(500, {
        message: "The server had an error while processing your request (simulated).",
        type: "server_error",
        code: null,
      });
    case "503":
      return errorResponse(503, {
        message: "The engine is currently overloaded, please try again later (simulated).",
        type: "service_unavailable_error",
        code: "overloaded",
      });
    case "garbage":
      return new Response(
        "<!doctype html>\n<title>Bad gateway</title>\n<h1>A simulated page instead of an answer</h1>\n",
        {
          headers: { "content-type": "text/html; charset=utf-8" },
        },
      );
    case "empty":
      return new Response("", { headers: { "content-type": "application/json" } });
    default:
      return undefined;
  }
}

/** What Bun's own fetch rejects with when nobody listens. */
export function connectionRefused(url: string): TypeError {
  return networkError("ECONNREFUSED", `ECONNREFUSED: Unable to connect to ${url} (simulated).`, {
    path: url,
    errno: 0,
  });
}

/** What reading a body throws in Bun when the connection breaks under it. */
export function connectionReset(): TypeError {
  return networkError("ECONNRESET", "ECONNRESET: The connection was closed unexpectedly (simulated).");
}

function networkError(code: string, message: string, fields: object = {}): TypeError {
  return Object.assign(new TypeError(message), { code, ...fields });
}
