// Langfuse's SDK: observations of every kind, told by hand, with session, user, tags, usage and cost.
import { LangfuseSpanProcessor } from "@langfuse/otel";
import { propagateAttributes, startActiveObservation, startObservation } from "@langfuse/tracing";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { key, say, url } from "./server.ts";

const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ "service.name": "langfuse-app" }),
  spanProcessors: [
    new LangfuseSpanProcessor({
      publicKey: "pk-any",
      secretKey: key,
      baseUrl: url,
      environment: "test",
      release: "r1",
    }),
  ],
});
provider.register();

const known = { sessionId: "session-1", userId: "ann", tags: ["one", "two"], metadata: { intent: "weather" } };

await propagateAttributes(known, () =>
  startActiveObservation("answer", (root) => {
    root.update({ input: { question: "Weather in Paris?" }, output: "Rain.", metadata: { quality: 0.9 } });
    const found = startObservation("search", { input: "Paris", output: ["It rains."] }, { asType: "retriever" });
    found.end();
    const tool = startObservation(
      "get_weather",
      { input: { city: "Paris" }, level: "ERROR", statusMessage: "no sky" },
      { asType: "tool" },
    );
    tool.end();
    const generation = startObservation(
      "ask",
      {
        model: "gpt-4o-mini",
        input: [{ role: "user", content: "Weather in Paris?" }],
        output: { role: "assistant", content: "Rain." },
        modelParameters: { temperature: 0.5 },
        usageDetails: { input: 60, output: 20, cache_read_input_tokens: 40, output_reasoning_tokens: 10 },
        prompt: { name: "weather", version: 3, isFallback: false },
      },
      { asType: "generation" },
    );
    generation.end();
    const priced = startObservation(
      "ask again",
      { model: "gpt-4o-mini", usageDetails: { input: 10, output: 5 }, costDetails: { input: 0.001, output: 0.002 } },
      { asType: "generation" },
    );
    priced.end();
  }),
);
say({});
await provider.forceFlush();
await provider.shutdown();
