// A program that traces its call by hand, and sends the trace's header with it, as instrumented HTTP clients do by themselves.
import { context, propagation, trace } from "@opentelemetry/api";
import OpenAI from "openai";
import { key, model, say, url } from "./server.ts";
import { startTracing } from "./start-tracing.ts";

const provider = startTracing("through-app");
const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: key });
const attributes = { "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai", "gen_ai.request.model": model };

await provider.getTracer("app").startActiveSpan(`chat ${model}`, { attributes }, async (span) => {
  const headers: Record<string, string> = {};
  propagation.inject(trace.setSpan(context.active(), span), headers);
  const messages = [{ role: "user" as const, content: "Weather in Paris?" }];
  const chat = await openai.chat.completions.create({ model, messages }, { headers });
  span.setAttribute("gen_ai.usage.input_tokens", chat.usage?.prompt_tokens ?? 0);
  span.setAttribute("gen_ai.usage.output_tokens", chat.usage?.completion_tokens ?? 0);
  span.end();
  say({ usage: chat.usage });
});
await provider.shutdown();
