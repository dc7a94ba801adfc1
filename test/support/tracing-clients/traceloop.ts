// Traceloop's SDK, with its own instrumentation of the OpenAI SDK: a workflow, a task, a tool and a chat in them.
import * as traceloop from "@traceloop/node-server-sdk";
import OpenAI from "openai";
import { key, model, say, url } from "./server.ts";

traceloop.initialize({
  appName: "traceloop-app",
  baseUrl: url,
  apiKey: key,
  instrumentModules: { openAI: OpenAI },
  silenceInitializationMessage: true,
  traceloopSyncEnabled: false,
  tracingEnabled: true,
});

const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: key });
const known = { session_id: "session-1", user_id: "ann", intent: "weather" };

await traceloop.withAssociationProperties(known, () =>
  traceloop.withWorkflow({ name: "answer" }, () =>
    traceloop.withTask({ name: "ask" }, async () => {
      const sky = await traceloop.withTool({ name: "get_weather", inputParameters: [{ city: "Paris" }] }, () =>
        Promise.resolve("rain"),
      );
      const chat = await openai.chat.completions.create({
        model,
        messages: [{ role: "user", content: `Weather in Paris? The sky says ${sky}.` }],
      });
      say({ usage: chat.usage, id: chat.id, text: chat.choices[0]?.message.content });
    }),
  ),
);
await traceloop.forceFlush();
