// Vercel's AI SDK with its own telemetry: as it speaks now, or, with the argument "legacy", as it spoke before version 7. Its
// service is named after its argument.
import { createOpenAI } from "@ai-sdk/openai";
import { LegacyOpenTelemetry, OpenTelemetry } from "@ai-sdk/otel";
import { embed, generateText, isStepCount, jsonSchema, registerTelemetry, streamText, tool } from "ai";
import { key, model, say, url, weatherSchema } from "./server.ts";
import { startTracing } from "./start-tracing.ts";

Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });
const isLegacy = process.argv[2] === "legacy";
const provider = startTracing(["vercel", ...process.argv.slice(2), "app"].join("-"));
registerTelemetry(isLegacy ? new LegacyOpenTelemetry() : new OpenTelemetry({ runtimeContext: true }));

const openai = createOpenAI({ baseURL: `${url}/v1`, apiKey: key });
const telemetry = { functionId: "assistant" };
const weather = tool({
  description: "The weather in a city",
  inputSchema: jsonSchema<{ city: string }>(weatherSchema),
  execute: () => ({ sky: "rain" }),
});

const answer = await generateText({
  model: openai.chat(model),
  instructions: "Be short.",
  prompt: "Weather in Paris?",
  tools: { weather },
  stopWhen: isStepCount(2),
  telemetry,
});
const stream = streamText({ model: openai.chat(model), prompt: "And tomorrow?", telemetry });
let text = "";
for await (const part of stream.textStream) text += part;
await embed({ model: openai.embedding("sim/sim-embedding"), value: "Weather in Paris", telemetry });
say({ steps: answer.steps.map(({ usage }) => usage), usage: answer.totalUsage, text });
await provider.shutdown();
