// Callers whose answers come for a long time, with all that a switch may be about: who they are, what they ask, what they offer.

export interface StreamCaller {
  url: string;
  key: string;
}

export interface Heard {
  /** performance.now() of its last bytes that were content. */
  lastContentMs: number;
  endedMs: number;
  /** Of the answer, and the last of what it said. */
  status: number;
  lastWords: string;
}

export const AGENT = "drill-agent";
export const TOOL = "drill_tool";

const CONTENT = /"content":"[^"]/;
const LAST_WORDS_LENGTH = 400;

/** Resolves with the first content; `heard` when it has ended, however it ends. */
export async function openStream(caller: StreamCaller): Promise<{ heard: Promise<Heard> }> {
  const response = await ask(caller, { stream: true });
  const begun = Promise.withResolvers<void>();
  const heard = hear(response, begun.resolve);
  await Promise.race([begun.promise, heard]);
  return { heard };
}

export async function askShortly(caller: StreamCaller): Promise<number> {
  const response = await ask(caller, { model: "drill-short" });
  await response.text();
  return response.status;
}

function ask({ url, key }: StreamCaller, more: object): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    keepalive: false,
    headers: {
      authorization: `Bearer ${key}`,
      "content-type": "application/json",
      connection: "close",
      "x-binnacle-agent": AGENT,
    },
    body: JSON.stringify({
      model: "drill-long",
      messages: [{ role: "user", content: "Tell me everything." }],
      tools: [{ type: "function", function: { name: TOOL, parameters: { type: "object" } } }],
      tool_choice: "none",
      ...more,
    }),
  });
}

async function hear(response: Response, onContent: () => void): Promise<Heard> {
  let lastContentMs = 0;
  let lastWords = "";
  const decoder = new TextDecoder();
  try {
    for await (const bytes of response.body ?? []) {
      const text = decoder.decode(bytes, { stream: true });
      if (CONTENT.test(text)) {
        lastContentMs = performance.now();
        onContent();
      }
      lastWords = (lastWords + text).slice(-LAST_WORDS_LENGTH);
    }
  } catch (error) {
    lastWords += String(error);
  }
  return { lastContentMs, endedMs: performance.now(), status: response.status, lastWords };
}
