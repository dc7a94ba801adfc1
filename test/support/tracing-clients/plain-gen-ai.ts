// OpenTelemetry's SDK and nothing else, with attributes as its conventions for generative AI name them.
import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { say } from "./server.ts";
import { startTracing } from "./start-tracing.ts";

const provider = startTracing("plain-app");
const tracer = provider.getTracer("my-agent", "1.0.0", { schemaUrl: "https://opentelemetry.io/schemas/gen-ai/1.42.0" });

const workflow = tracer.startSpan("invoke_workflow answer", {
  attributes: { "gen_ai.operation.name": "invoke_workflow", "gen_ai.workflow.name": "answer" },
});
const within = trace.setSpan(context.active(), workflow);
const messages = [{ role: "user", parts: [{ type: "text", content: "Weather in Paris?" }] }];
const answer = [{ role: "assistant", parts: [{ type: "text", content: "Rain." }], finish_reason: "stop" }];
const chat = tracer.startSpan(
  "chat claude-sonnet-4-5",
  {
    kind: SpanKind.CLIENT,
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "anthropic",
      "gen_ai.request.model": "claude-sonnet-4-5",
      "gen_ai.response.model": "claude-sonnet-4-5-20250929",
      "gen_ai.response.finish_reasons": ["end_turn"],
      "gen_ai.conversation.id": "session-1",
      "gen_ai.usage.input_tokens": 10,
      "gen_ai.usage.output_tokens": 100,
      "gen_ai.usage.cache_read.input_tokens": 1000,
      "gen_ai.usage.cache_creation.input_tokens": 200,
      "gen_ai.input.messages": JSON.stringify(messages),
      "gen_ai.output.messages": JSON.stringify(answer),
      "binnacle.intent": "weather",
      "binnacle.quality": 0.75,
    },
  },
  within,
);
chat.addEvent("gen_ai.evaluation.result", {
  "gen_ai.evaluation.name": "relevance",
  "gen_ai.evaluation.score.value": 0.8,
});
chat.end();
const tool = tracer.startSpan(
  "execute_tool get_weather",
  {
    attributes: { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "get_weather", "error.type": "timeout" },
  },
  within,
);
tool.setStatus({ code: SpanStatusCode.ERROR, message: "The sky did not answer." });
tool.end();
workflow.end();
say({});
await provider.shutdown();
