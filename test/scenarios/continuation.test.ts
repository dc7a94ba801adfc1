// A streamed text that breaks off after its beginning, on a route that allows it to be gone on with by another vendor: whatever
// the caller speaks, and whatever either vendor does, it is one whole answer.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import type { CallDetail } from "../../src/ledger/contract.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { sdkClients } from "../support/sdk-clients.ts";
import { until, untilFound } from "../support/until.ts";
import { startStoryteller, STORY, type StorySettings, type Storyteller } from "../support/vendors/storyteller.ts";

const WHOLE = STORY.join("");
const DIALECTS = ["openai-chat", "anthropic-messages", "gemini", "openai-responses"] as const;
const CALLERS = {
  "openai chat": "openai-chat",
  anthropic: "anthropic-messages",
  "google genai": "gemini",
  "openai responses": "openai-responses",
  "cohere chat": "cohere-chat",
  "aws bedrock": "bedrock-converse",
  "ai, openai chat": "openai-chat",
  "ai, openai responses": "openai-responses",
  "ai, anthropic": "anthropic-messages",
  "ai, google": "gemini",
  "langchain, openai responses": "openai-responses",
  "langchain, anthropic": "anthropic-messages",
} as const;

let app: TestApp;
let first: Storyteller;
let second: Storyteller;
Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

function vendorsOf(name: string, origin: string): string {
  const paths = { "openai-chat": "/v1", "anthropic-messages": "", gemini: "", "openai-responses": "/v1" };
  return DIALECTS.map(
    (dialect) =>
      `    ${name}-${dialect}: { kind: openai-compatible, base_url: "${origin}${paths[dialect]}", dialects: [${dialect}] }`,
  ).join("\n");
}

const routes = DIALECTS.flatMap((one) =>
  DIALECTS.map(
    (other) => `    ${one}--${other}: { continue_broken: true, targets: [first-${one}/story, second-${other}/story] }`,
  ),
).join("\n");

const prices = ["first", "second"]
  .flatMap((name) => DIALECTS.map((dialect) => `${name}-${dialect}/story`))
  .map((target) => `    ${target}: { input_usd_per_million: 1000, output_usd_per_million: 2000 }`)
  .join("\n");

/** Silence is told from a busy machine only by how long it lasts: short where nothing else is asked for. */
const configWith = (silence: "2s" | "30s"): string => `
providers:
  vendors:
${vendorsOf("first", first.origin)}
${vendorsOf("second", second.origin)}
  prices:
${prices}
governance:
  budgets: [{ of: team, name: thrifty, usd: 2 }, { of: team, name: poor, usd: 0.45 }]
gateway:
  between_tokens_timeout: ${silence}
  health: { breaker_failures: 0 }
  routes:
    plain: { targets: [first-openai-chat/story, second-openai-chat/story] }
${routes}
`;

beforeAll(async () => {
  first = startStoryteller("first");
  second = startStoryteller("second");
  app = await startTestApp({ config: configWith("30s") });
});
afterAll(async () => {
  await app?.close();
  await first?.close();
  await second?.close();
});

const USUAL: StorySettings = { trouble: "cut", pieces: STORY, before: [], after: [] };
const become = (teller: Storyteller, settings: Partial<StorySettings>): void =>
  void Object.assign(
    teller.settings,
    { breaksAfter: undefined, restBreaksAfter: undefined, rest: undefined },
    USUAL,
    settings,
  );
afterEach(() => {
  become(first, {});
  become(second, {});
});

async function lastRecord(): Promise<CallDetail> {
  const [call] = (await app.client.calls.list({ limit: 1 })).calls;
  return app.client.calls.get({ id: call?.id ?? "" });
}

const question = { stream: true, max_tokens: 100, messages: [{ role: "user", content: "Tell me of the sea." }] };

async function call(model: string, more: object = {}, key = app.key) {
  const response = await app.chat({ model, ...question, ...more }, { key });
  const text = await response.text();
  return { status: response.status, text, record: await lastRecord() };
}

describe("an official client gets one whole answer", () => {
  for (const [name, dialect] of Object.entries(CALLERS))
    for (const one of DIALECTS)
      test(`${name}, from ${one} to any`, async () => {
        const client = sdkClients(app)[name];
        for (const other of DIALECTS) {
          become(first, { breaksAfter: 3 });
          const heard = await client?.stream(`${one}--${other}`);
          expect({ other, heard }).toEqual({ other, heard: { text: WHOLE, calls: [] } });
          const record = await lastRecord();
          expect(record).toMatchObject({ dialect, outcome: "ok", error: null });
          expect(record.continued).toEqual([
            { at_characters: 35, from: `first-${one}/story`, to: `second-${other}/story` },
          ]);
        }
      });
});

const data = (text: string) =>
  text
    .split("\n\n")
    .flatMap((event) =>
      /^(event: .*\n)?data: \{/.test(event) ? [JSON.parse(event.replace(/^(event: .*\n)?data: /, ""))] : [],
    );
const contentOf = (text: string): string =>
  data(text)
    .map(({ choices }) => choices?.[0]?.delta.content ?? "")
    .join("");
const path: Record<string, string> = { "anthropic-messages": "messages", "openai-responses": "responses" };

async function raw(dialect: string, model: string): Promise<string> {
  const asked = { model, ...question, input: "Tell me of the sea." };
  const response = await fetch(`${app.url}/v1/${path[dialect] ?? "chat/completions"}`, {
    method: "POST",
    headers: { authorization: `Bearer ${app.key}`, "content-type": "application/json" },
    body: JSON.stringify({ ...asked, ...(dialect === "openai-chat" && { stream_options: { include_usage: true } }) }),
  });
  return response.text();
}

describe("nothing of the seam is to be seen", () => {
  test.each(["openai-chat", "gemini"])(
    "in chat-completions from %s: one id, one role, one finish, one usage",
    async (one) => {
      become(first, { breaksAfter: 3 });
      const text = await raw("openai-chat", `${one}--anthropic-messages`);
      const chunks = data(text);
      expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
      expect(new Set(chunks.map(({ model }) => model)).size).toBe(1);
      expect(new Set(chunks.map(({ created }) => created)).size).toBe(1);
      const choices = chunks.flatMap((chunk) => chunk.choices);
      expect(choices.filter(({ delta }) => delta.role)).toHaveLength(1);
      expect(choices.flatMap(({ finish_reason: reason }) => reason ?? [])).toEqual(["stop"]);
      expect(choices.map(({ delta }) => delta.content ?? "").join("")).toBe(WHOLE);
      const { tokens } = await lastRecord();
      expect(chunks.flatMap(({ usage }) => usage ?? [])).toMatchObject([
        { prompt_tokens: tokens.input, completion_tokens: tokens.output },
      ]);
      expect(text.match(/\[DONE\]/g)).toHaveLength(1);
      expect(text).toContain(`: second-anthropic-messages/story goes on where first-${one}/story broke off\n\n`);
    },
  );

  test.each(DIALECTS)("in Anthropic's events from %s: one message of one block", async (one) => {
    become(first, { breaksAfter: 3 });
    const events = data(await raw("anthropic-messages", `${one}--openai-chat`));
    const kinds = events.map(({ type }) => type).filter((type) => type !== "content_block_delta");
    expect(kinds).toEqual([
      "message_start",
      "content_block_start",
      "content_block_stop",
      "message_delta",
      "message_stop",
    ]);
    expect(new Set(events.flatMap(({ index }) => index ?? []))).toEqual(new Set([0]));
    const { tokens } = await lastRecord();
    expect(events.at(-2).usage).toMatchObject({ output_tokens: tokens.output });
  });

  test.each(DIALECTS)(
    "in events of the Responses API from %s: numbers go on, one item, whole at the end",
    async (one) => {
      become(first, { breaksAfter: 3 });
      const events = data(await raw("openai-responses", `${one}--gemini`));
      expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
      expect(events.filter(({ type }) => type === "response.output_item.added")).toHaveLength(1);
      const { response } = events.at(-1);
      expect(response.id).toBe(events[0].response.id);
      expect(response.output).toMatchObject([{ type: "message", content: [{ text: WHOLE }] }]);
      expect(new Set(events.flatMap(({ item_id: id }) => id ?? []))).toEqual(new Set([response.output[0].id]));
    },
  );
});

describe("whatever breaks it", () => {
  afterEach(() => app.reload(configWith("30s")));

  test.each(["cut", "silence", "garbage", "error"] as const)("%s", async (trouble) => {
    if (trouble === "silence") await app.reload(configWith("2s"));
    for (const one of DIALECTS) {
      become(first, { breaksAfter: 2, trouble });
      const { text, record } = await call(`${one}--openai-chat`);
      expect(
        data(text)
          .map(({ choices }) => choices[0]?.delta.content ?? "")
          .join(""),
      ).toBe(WHOLE);
      expect(record.attempts).toMatchObject([{ outcome: "truncated" }, { outcome: "ok" }]);
      expect(record.outcome).toBe("ok");
    }
  });

  test("words that are said again at the seam are left out", async () => {
    become(first, { breaksAfter: 3 });
    for (const rest of [
      ["a time the sea was calm, and nobody was afraid."],
      ["Once upon a t", `ime the sea was calm, and nobody was afraid.`],
    ]) {
      become(second, { rest });
      const { text } = await call("openai-chat--gemini");
      expect(
        data(text)
          .map(({ choices }) => choices[0]?.delta.content ?? "")
          .join(""),
      ).toBe(WHOLE);
    }
  });
});

describe("who goes on", () => {
  test("is told what was asked and what was said, and to go on from there, within what is left of the bound", async () => {
    for (const one of DIALECTS) {
      become(first, { breaksAfter: 3 });
      await call(`${one}--${one}`);
      const asked = second.asked.at(-1);
      expect(asked?.messages.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
      expect(asked?.messages[1]?.parts).toMatchObject([{ type: "text", text: "Once upon a time the sea was calm, " }]);
      expect(asked?.max_output_tokens).toBe(97);
    }
  });

  test("is on the record with tokens and cost of its own, and the call has the sum", async () => {
    become(first, { breaksAfter: 3 });
    const { record } = await call("openai-chat--gemini");
    const [one, other] = record.attempts;
    expect(one).toMatchObject({
      target: "first-openai-chat/story",
      outcome: "truncated",
      tokens: { source: "estimated" },
    });
    expect(other).toMatchObject({ target: "second-gemini/story", outcome: "ok", tokens: { input: 10, output: 1 } });
    expect(other?.reason).toBe("goes on where first-openai-chat/story broke off, after 35 characters");
    expect(one?.tokens?.output).toBe(3);
    expect(other?.cost_usd_micros).toBe(12_000);
    expect(record.cost.usd_micros).toBe((one?.cost_usd_micros ?? 0) + 12_000);
    expect(record.tokens).toMatchObject({ input: (one?.tokens?.input ?? 0) + 10, output: 4, source: "estimated" });
    expect(record.answer).toMatchObject({ target: "second-gemini/story", response_id: "id-first" });
    expect(record.messages.at(-1)).toMatchObject({ role: "assistant", text: WHOLE });
  });
});

describe("the stream ends with the error, as it would have", () => {
  const broken = async (model: string, more: object = {}): Promise<CallDetail> => {
    const before = second.asked.length;
    const { text, record } = await call(model, more);
    expect(text).toContain('"error"');
    expect(text).not.toContain("[DONE]");
    expect(record).toMatchObject({ outcome: "truncated", attempts: [{ outcome: "truncated" }] });
    expect(record.continued).toBeUndefined();
    expect(second.asked.length).toBe(before);
    return record;
  };

  test("where the route does not say otherwise", async () => {
    become(first, { breaksAfter: 3 });
    await broken("plain");
  });

  test("once a tool is called, or reasoning was sealed", async () => {
    const begun = { type: "tool_call_start", choice: 0, index: 0, id: "c", name: "f" } as const;
    become(first, { breaksAfter: 3, before: [begun] });
    for (const one of DIALECTS) await broken(`${one}--openai-chat`);
    const sealed = [
      { type: "reasoning", choice: 0, text: "Hm." },
      { type: "reasoning_signature", choice: 0, signature: "s" },
    ] as const;
    become(first, { breaksAfter: 3, before: sealed });
    const response = await fetch(`${app.url}/v1/messages`, {
      method: "POST",
      headers: { "x-api-key": app.key },
      body: JSON.stringify({ model: "anthropic-messages--openai-chat", ...question }),
    });
    expect(await response.text()).toContain("event: error");
  });

  test("where JSON or several answers were asked for", async () => {
    become(first, { breaksAfter: 3 });
    await broken("openai-chat--gemini", { response_format: { type: "json_object" } });
    await broken("openai-chat--gemini", { n: 2 });
  });
});

describe("a second break", () => {
  test("ends the answer: one continuation is allowed, and both parts are paid for", async () => {
    become(first, { breaksAfter: 3 });
    become(second, { rest: ["and nobody ", "was ", "afraid."], restBreaksAfter: 2 });
    const { text, record } = await call("openai-chat--openai-chat");
    expect(text).not.toContain("[DONE]");
    expect(contentOf(text)).toBe("Once upon a time the sea was calm, and nobody was ");
    expect(record.outcome).toBe("truncated");
    expect(record.continued).toHaveLength(1);
    expect(record.attempts).toMatchObject([{ tokens: { output: 3 } }, { outcome: "truncated", tokens: { output: 2 } }]);
    expect(record.tokens.output).toBe(5);
  });

  test("before the rest has begun leaves the answer with what it had", async () => {
    become(first, { breaksAfter: 3 });
    become(second, { rest: ["x"], restBreaksAfter: 0 });
    const { text, record } = await call("openai-chat--openai-chat");
    expect(text).not.toContain("[DONE]");
    expect(record).toMatchObject({ outcome: "truncated", error: { code: "providers.vendor_cut" } });
    expect(record.attempts).toMatchObject([{ outcome: "truncated" }, { outcome: "error" }]);
    expect(record.continued).toBeUndefined();
    expect(record.tokens.output).toBe(3);
    expect(record.cost.usd_micros).toBe(record.attempts[0]?.cost_usd_micros ?? null);
    expect(record.answer?.target).toBe("first-openai-chat/story");
  });
});

describe("what the rest costs", () => {
  const keyOf = async (team: string): Promise<string> => (await app.client.keys.create({ name: team, team })).secret;
  // 100 tokens out come to $0.2; what was asked, and then said, to some $0.3 to $0.6 in.
  test("is held before it is asked for, and what was held is settled to what both parts came to", async () => {
    become(first, { breaksAfter: 3 });
    const { record } = await call("openai-chat--gemini", {}, await keyOf("thrifty"));
    expect(record.outcome).toBe("ok");
    expect(record.budget?.charged_usd_micros).toBe(record.cost.usd_micros ?? 0);
    expect(record.budget?.held_usd_micros).toBeGreaterThan(700_000);
    const spent = async () => {
      const { budgets } = await app.client.budgets({});
      return budgets.find(({ whose, unit }) => whose.includes("thrifty") && unit === "usd_micros")?.spent;
    };
    while ((await spent()) !== record.cost.usd_micros) await Bun.sleep(50);
  });

  test("and where there is no money for it, nobody is asked", async () => {
    become(first, { breaksAfter: 3 });
    const asked = second.asked.length;
    const { text, record } = await call("openai-chat--gemini", {}, await keyOf("poor"));
    expect(text).not.toContain("[DONE]");
    expect(record).toMatchObject({ outcome: "truncated", error: { code: "providers.vendor_cut" } });
    expect(record.attempts).toHaveLength(1);
    expect(record.budget?.charged_usd_micros).toBe(record.cost.usd_micros ?? 0);
    expect(second.asked.length).toBe(asked);
  });
});

describe("a caller who hangs up", () => {
  test("while the rest is asked for ends it all", async () => {
    become(first, { breaksAfter: 3 });
    become(second, { rest: [], restBreaksAfter: 0, trouble: "silence" });
    const caller = new AbortController();
    const asked = second.asked.length;
    const response = await app.chat({ model: "openai-chat--openai-chat", ...question }, { signal: caller.signal });
    const reading = response.text().catch(() => "gone");
    await until(() => second.asked.length > asked);
    caller.abort();
    expect(await reading).toBe("gone");
    const id = response.headers.get("x-binnacle-call-id") ?? "";
    const record = await untilFound(() => app.client.calls.get({ id }).catch(() => undefined));
    expect(record).toMatchObject({ outcome: "cancelled", error: { code: "gateway.caller_gone" } });
    expect(record.attempts).toMatchObject([{ outcome: "truncated" }, { outcome: "cancelled" }]);
    expect(record.tokens.output).toBe(3);
  });
});
