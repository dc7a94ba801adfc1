// OpenInference's instrumentation of the OpenAI SDK, as Phoenix's users have it: a chat, a stream, an embedding.
import { setMetadata, setSession, setTags, setUser } from "@arizeai/openinference-core";
import { OpenAIInstrumentation } from "@arizeai/openinference-instrumentation-openai";
import { context } from "@opentelemetry/api";
import OpenAI from "openai";
import { key, model, say, url, weatherSchema } from "./server.ts";
import { startTracing } from "./start-tracing.ts";

const provider = startTracing("openinference-app");
const instrumentation = new OpenAIInstrumentation({ tracerProvider: provider });
instrumentation.manuallyInstrument(OpenAI);

const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: key });
const tracer = provider.getTracer("app");
const known = setTags(
  setMetadata(setUser(setSession(context.active(), { sessionId: "session-1" }), { userId: "ann" }), {
    intent: "weather",
  }),
  ["one", "two"],
);

await context.with(known, () =>
  tracer.startActiveSpan("answer", { attributes: { "openinference.span.kind": "CHAIN" } }, async (span) => {
    const chat = await openai.chat.completions.create({
      model,
      temperature: 0.5,
      messages: [
        { role: "system", content: "Be short." },
        { role: "user", content: "Weather in Paris?" },
      ],
      tools: [{ type: "function", function: { name: "get_weather", parameters: weatherSchema } }],
    });
    const stream = await openai.chat.completions.create({
      model,
      stream: true,
      messages: [{ role: "user", content: "And tomorrow?" }],
    });
    let text = "";
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
    await openai.embeddings.create({ model: "sim/sim-embedding", input: "Weather in Paris" });
    span.end();
    say({ usage: chat.usage, id: chat.id, calls: chat.choices[0]?.message.tool_calls, text });
  }),
);
await provider.shutdown();
