// The published tests name things that their makers' server only pretends to have. Here such a thing is made, each time anew,
// and its id put in the place of the invented one.

export interface Asked {
  method: string;
  address: string;
  bytes: ArrayBuffer;
}

interface Place {
  url: string;
  key: string;
  fetch: (address: string, init: RequestInit) => Promise<Response>;
}

/** Answers with JSON; throws what is refused. */
type Ask = (method: "GET" | "POST", path: string, body?: object) => Promise<Record<string, unknown>>;

/** `method` and `path` of the request that names it. */
type Make = (ask: Ask, about: { method: string; path: string }) => Promise<string>;

/** By the id that the tests invent. */
const makers: Readonly<Record<string, Make>> = {
  file_id: makeFile,
  input_file_id: makeFile,
  batch_id: makeBatch,
  message_batch_id: makeMessageBatch,
  response_id: makeResponse,
  resp_677efb5139a88190b512bc3fef8e535d: makeResponse,
  // One that Anthropic is known for.
  model_id: async () => "claude-sonnet-4-5",
};

/** Two values that no vendor takes, and OpenAI not both; as one that all do. */
export function withLimits(asked: Asked): Asked {
  const text = asked.bytes.byteLength < SMALL ? Buffer.from(asked.bytes).toString() : "";
  if (!NO_TOKENS.test(text)) return asked;
  return { ...asked, bytes: bytesOf(text.replace(NO_TOKENS, '"max_completion_tokens":16')) };
}

const NO_TOKENS = /"max_completion_tokens":0,"max_tokens":0/;

const QUICK = "sim/sim-instant";
/** Is still at work when it is cancelled. */
const SLOW = "sim/sim-small?first_token_ms=60000";
const POLL_MS = 50;

/** For each request, the same with things that exist. */
export function createStandIns({ url, key, fetch }: Place): (asked: Asked) => Promise<Asked> {
  const ask: Ask = async (method, path, body) => {
    const headers = { authorization: `Bearer ${key}`, "anthropic-version": "2023-06-01" };
    const sent = body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) };
    const response = await fetch(`${url}${path}`, { method, headers, ...sent });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  return async ({ method, address, bytes }) => {
    const url = new URL(address);
    const about = { method, path: url.pathname };
    const replace = (name: string): string | Promise<string> =>
      (Object.hasOwn(makers, name) && makers[name]?.(ask, about)) || name;
    url.pathname = (await Promise.all(url.pathname.split("/").map(replace))).join("/");
    const named = bytes.byteLength < SMALL ? NAMED.exec(Buffer.from(bytes).toString()) : null;
    if (!named) return { method, address: url.href, bytes };
    const [whole, before = "", name = ""] = named;
    const text = named.input.replace(whole, `${before}${await replace(name)}`);
    return { method, address: url.href, bytes: bytesOf(text) };
  };
}

function bytesOf(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).buffer;
}

/** Where a body names something. */
const NAMED = /("input_file_id":")(input_file_id)/;
const SMALL = 10_000;

async function makeFile(ask: Ask): Promise<string> {
  const line = { custom_id: "a", method: "POST", url: "/v1/responses", body: { model: SLOW, input: "Ahoy." } };
  const form = new FormData();
  form.set("purpose", "batch");
  form.set("file", new File([`${JSON.stringify(line)}\n`], "in.jsonl"));
  return idIn(await ask("POST", "/v1/files", form));
}

async function makeBatch(ask: Ask): Promise<string> {
  const input_file_id = await makeFile(ask);
  return idIn(await ask("POST", "/v1/batches", { input_file_id, endpoint: "/v1/responses", completion_window: "24h" }));
}

/** One that is deleted must have ended. */
async function makeMessageBatch(ask: Ask, { method }: { method: string }): Promise<string> {
  const model = method === "DELETE" ? QUICK : SLOW;
  const params = { model, max_tokens: 10, messages: [{ role: "user", content: "Ahoy." }] };
  const id = idIn(await ask("POST", "/v1/messages/batches", { requests: [{ custom_id: "a", params }] }));
  const path = `/v1/messages/batches/${id}`;
  if (method === "DELETE") {
    while ((await ask("GET", path))["processing_status"] !== "ended") await Bun.sleep(POLL_MS);
  }
  return id;
}

/** One that is cancelled must be at work in the background. */
async function makeResponse(ask: Ask, { path }: { path: string }): Promise<string> {
  const how = path.endsWith("/cancel") ? { model: SLOW, background: true } : { model: QUICK };
  return idIn(await ask("POST", "/v1/responses", { ...how, input: "Ahoy." }));
}

function idIn({ id }: Record<string, unknown>): string {
  if (typeof id !== "string") throw new Error("what was made has no id");
  return id;
}
