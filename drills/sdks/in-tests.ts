// Stands before the published tests in their own process: what they send gets this installation's key in place of their
// invented one, and what they only name ("file_id") is made first, so that it is there.
import { createStandIns } from "./stand-ins.ts";

const { BINNACLE_URL: url = "", BINNACLE_KEY: key = "", BINNACLE_STANDS_IN: standsIn } = process.env;
const own = globalThis.fetch;
const standInFor = createStandIns({ url, key, fetch: own });

const forward = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
  const asked = new Request(input).url;
  if (!asked.startsWith(url)) throw new Error(`a test asked another server: ${asked}`);
  const headers = new Headers(init.headers);
  if (headers.has("authorization")) headers.set("authorization", `Bearer ${key}`);
  if (headers.has("x-api-key")) headers.set("x-api-key", key);
  const method = init.method ?? "GET";
  const { address, body } =
    standsIn === "true"
      ? await standInFor({ method, address: asked, body: init.body })
      : { address: asked, body: init.body };
  return own(address, { ...init, headers, ...(body !== undefined && { body }) });
};

globalThis.fetch = Object.assign(forward, { preconnect: own.preconnect });
