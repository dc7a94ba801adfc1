// Stands before the published tests in their own process: what they send gets this installation's key in place of their
// invented one, what they only name ("file_id") is made first where that is wanted, and what was sent and taken is noted.
import { appendFileSync } from "node:fs";
import { describeRequest } from "./sent-request.ts";
import { createStandIns, withLimits } from "./stand-ins.ts";

const { BINNACLE_URL: url = "", BINNACLE_KEY: key = "", DRILL_RUN, DRILL_NOTES: notes = "" } = process.env;
const base = new URL(process.env["DRILL_BASE"] ?? "").href.replace(/\/$/, "");
const own = globalThis.fetch;
const standInFor = createStandIns({ url, key, fetch: own });

const forward = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
  const request = new Request(input, init);
  if (!request.url.startsWith(base)) throw new Error(`a test asked another server: ${request.url}`);
  const { method, headers, signal } = request;
  if (headers.has("authorization")) headers.set("authorization", `Bearer ${key}`);
  if (headers.has("x-api-key")) headers.set("x-api-key", key);
  let asked = { method, address: request.url, bytes: await request.arrayBuffer() };
  if (DRILL_RUN !== "native") asked = withLimits(asked);
  const { address, bytes } = DRILL_RUN === "simulated" ? await standInFor(asked) : asked;
  const response = await own(address, {
    method,
    headers,
    signal,
    ...(bytes.byteLength > 0 && { body: bytes }),
  });
  const path = address.slice(base.length);
  if (response.ok) appendFileSync(notes, `${await describeRequest({ method, path, headers, bytes })}\n`);
  return response;
};

globalThis.fetch = Object.assign(forward, { preconnect: own.preconnect });
