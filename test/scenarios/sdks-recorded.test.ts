// Every SDK with every vendor that answers were recorded of: whole and streamed, words and tool calls. The SDK hears what the
// recorded vendor said, whichever of them it was written for.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { collectAnswer } from "../../src/providers/formats/collect-answer.ts";
import { type DialectName, dialectNames } from "../../src/providers/index.ts";
import { eventsOf } from "../../drills/dialects/matrix.ts";
import { readRecordings, type Recording } from "../../drills/dialects/recordings.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { hasCassettes } from "../support/cassettes.ts";
import { type Heard, type SdkClient, sdkClients } from "../support/sdk-clients.ts";

const VENDORS: Partial<Record<DialectName, { kind: string; base: string; model: string }>> = {
  "openai-chat": { kind: "openai-compatible", base: "/v1", model: "recorded" },
  "openai-responses": { kind: "openai", base: "/v1", model: "recorded" },
  "anthropic-messages": { kind: "anthropic", base: "", model: "claude-recorded" },
  gemini: { kind: "google", base: "/v1beta", model: "gemini-recorded" },
  "bedrock-converse": { kind: "bedrock", base: "", model: "amazon.nova-recorded" },
  "cohere-chat": { kind: "cohere", base: "", model: "command-recorded" },
};

interface Sample {
  title: string;
  recording: Recording;
  heard: Heard;
}

/** A plain answer that any SDK can hear: words, or calls of functions, and nothing that runs at the vendor. */
function readSample(title: string, recording: Recording): Sample | undefined {
  const events = eventsOf(recording);
  const { choices, isWhole } = collectAnswer(events);
  const choice = choices.get(0);
  if (!isWhole || !choice || recording.status !== 200) return undefined;
  if (choice.parts.some(({ type }) => type !== "text" && type !== "reasoning") || choices.size > 1) return undefined;
  const calls = choice.tool_calls.map(({ name, arguments: text }) => ({ name, input: tryParse(text) }));
  if (calls.some(({ input }) => input === undefined)) return undefined;
  return { title, recording, heard: { text: choice.text, calls } };
}

/** Whose answers say some things in their own way, which passes through and which OpenAI's SDK does not know. */
function isImitation({ dialect, vendor }: Recording): boolean {
  return dialect === "openai-chat" && vendor !== "openai";
}

/** Of each dialect: words and calls, each whole and streamed, as far as there is a recording. */
function chooseSamples(): Sample[] {
  const recordings = readRecordings(dialectNames);
  return dialectNames.flatMap((dialect) =>
    [false, true].flatMap((isStream) =>
      [false, true].flatMap((hasCalls) => {
        const title = `${dialect}, ${hasCalls ? "calls" : "words"}${isStream ? ", streamed" : ""}`;
        const own = recordings
          .filter((each) => each.dialect === dialect && each.isStream === isStream)
          .toSorted((a, b) => Number(isImitation(a)) - Number(isImitation(b)));
        const samples = own.flatMap((recording) => readSample(title, recording) ?? []);
        return (
          samples.find(({ heard }) => heard.calls.length > 0 === hasCalls && (hasCalls || heard.text !== "")) ?? []
        );
      }),
    ),
  );
}

const samples = hasCassettes ? chooseSamples().filter(({ recording }) => recording.dialect in VENDORS) : [];
let current: Recording;
let app: TestApp;
let clients: Record<string, SdkClient> = {};
const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  fetch: () =>
    new Response(current.bytes as Uint8Array<ArrayBuffer>, {
      headers: { "content-type": current.headers["content-type"] ?? "" },
    }),
});

beforeAll(async () => {
  const vendors = Object.entries(VENDORS).map(
    ([dialect, vendor]) =>
      `    ${dialect}: { kind: ${vendor.kind}, dialects: [${dialect}], base_url: "${server.url.origin}${vendor.base}", api_key: "env:RECORDED_KEY" }`,
  );
  app = await startTestApp({
    config: `providers:\n  vendors:\n${vendors.join("\n")}\ngateway: { attempts_max: 1 }\n`,
    env: { RECORDED_KEY: "k" },
  });
  clients = sdkClients(app);
});
afterAll(async () => {
  await app.close();
  await server.stop(true);
});

Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

const names = Object.keys(sdkClients({ url: "http://x", key: "k" }));

describe.skipIf(!hasCassettes)(`recorded vendors (${samples.length} answers)`, () => {
  test("there are some of three vendors at the least", () => {
    expect(new Set(samples.map(({ recording }) => recording.dialect)).size).toBeGreaterThanOrEqual(3);
    expect(samples.some(({ heard }) => heard.calls.length > 0)).toBe(true);
  });

  describe.each(samples.map((sample) => [sample.title, sample] as const))("%s", (_, { recording, heard }) => {
    test.each(names)("%s hears it", async (name) => {
      current = recording;
      const { dialect, isStream } = recording;
      const model = `${dialect}/${VENDORS[dialect]?.model ?? ""}`;
      const client = clients[name];
      const found = await (isStream ? client?.stream(model) : client?.ask(model));
      expect(found?.text.replaceAll(/\s/g, "")).toBe(heard.text.replaceAll(/\s/g, ""));
      expect(found?.calls).toEqual(heard.calls);
    });
  });
});

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text || "{}");
  } catch {
    return undefined;
  }
}
