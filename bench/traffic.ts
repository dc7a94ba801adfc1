// What is asked and answered in every benchmark: one JSON answer, and one stream of 100 content events. The upstream
// sends it, the load generator knows what must arrive.
import { NUMBER_MARK } from "./load/prepare-call.ts";

/**
 * `json`: one answer of about 600 bytes. `stream`: each event written by itself, as fast as the loop turns. `burst`: the
 * same events in one write. `paced`: an event each 5 ms, as a model would send them.
 */
export const trafficKinds = ["json", "stream", "burst", "paced"] as const;
export type TrafficKind = (typeof trafficKinds)[number];

export const MODEL = "gpt-4o-mini";
export const PACE_MS = 5;
export const contentEvents = 100;
const ID = "chatcmpl-BinnacleBench0000000000001";
const CREATED = 1_760_000_000;
const USAGE = {
  prompt_tokens: 87,
  completion_tokens: contentEvents,
  total_tokens: 87 + contentEvents,
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
};
export const answerText =
  "A binnacle is the stand beside a ship's wheel that holds the compass and the lamps by which it is read at night.";

export const jsonAnswer = JSON.stringify({
  id: ID,
  object: "chat.completion",
  created: CREATED,
  model: MODEL,
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: answerText, refusal: null },
      logprobs: null,
      finish_reason: "stop",
    },
  ],
  usage: USAGE,
  service_tier: "default",
  system_fingerprint: "fp_0123456789",
});

function eventOf(delta: object, rest: { finish_reason?: string; usage?: object; isLast?: boolean } = {}): string {
  const choices = rest.isLast ? [] : [{ index: 0, delta, logprobs: null, finish_reason: rest.finish_reason ?? null }];
  const head = { id: ID, object: "chat.completion.chunk", created: CREATED, model: MODEL };
  return `data: ${JSON.stringify({ ...head, choices, usage: rest.usage ?? null })}\n\n`;
}

/** 100 events with content (the first with the role, too), the finish, the usage, [DONE]. */
export const streamEvents: string[] = [
  ...Array.from({ length: contentEvents }, (_, i) =>
    eventOf({ ...(i === 0 ? { role: "assistant" } : {}), content: ` word${i}` }),
  ),
  eventOf({}, { finish_reason: "stop" }),
  eventOf({}, { usage: USAGE, isLast: true }),
  "data: [DONE]\n\n",
];

export function requestBody(kind: TrafficKind, model: string): string {
  return JSON.stringify({
    model,
    messages: [
      { role: "system", content: "You are the helpful assistant of a harbour office. Answer in one short sentence." },
      {
        role: "user",
        content: `Question ${NUMBER_MARK}: what is a binnacle, and where on a ship would I look for one?`,
      },
    ],
    temperature: 0.2,
    max_tokens: 256,
    ...(kind === "json" ? {} : { stream: true, stream_options: { include_usage: true } }),
  });
}

/** What is wrong with an answer, or undefined. Cheap, because it runs for every call beside what is measured. */
export function checkAnswer(kind: TrafficKind, status: number, body: string): string | undefined {
  if (status !== 200) return `status ${status}: ${body.slice(0, 200)}`;
  return kind === "json" ? checkJson(body) : checkStream(body);
}

function checkJson(body: string): string | undefined {
  if (!body.includes(answerText)) return "the answer's text is not the upstream's";
  if (!body.includes(`"total_tokens":${USAGE.total_tokens}`)) return "the answer's usage is not the upstream's";
  return body.endsWith("}") ? undefined : "the answer is not whole";
}

function checkStream(body: string): string | undefined {
  if (!body.trimEnd().endsWith("data: [DONE]")) return "the stream does not end with [DONE]";
  if (!body.includes(`"total_tokens":${USAGE.total_tokens}`)) return "the stream lacks its usage";
  let at = -1;
  for (let i = 0; i < contentEvents; i += 1) {
    at = body.indexOf(` word${i}"`, at + 1);
    if (at < 0) return `the stream lacks its content event ${i}, or has it out of place`;
  }
  return undefined;
}
