// The same questions and answers for a caller who speaks as Anthropic does, while the upstream speaks chat-completions.
import { NUMBER_MARK } from "./load/prepare-call.ts";
import { answerText, contentEvents, type TrafficKind } from "./traffic.ts";

export const MESSAGES_PATH = "/v1/messages";

export function translatedBody(kind: TrafficKind, model: string): string {
  return JSON.stringify({
    model,
    system: "You are the helpful assistant of a harbour office. Answer in one short sentence.",
    messages: [
      {
        role: "user",
        content: `Question ${NUMBER_MARK}: what is a binnacle, and where on a ship would I look for one?`,
      },
    ],
    temperature: 0.2,
    max_tokens: 256,
    ...(kind !== "json" && { stream: true }),
  });
}

/** What is wrong with an answer, or undefined. Cheap, because it runs for every call beside what is measured. */
export function checkTranslated(kind: TrafficKind, status: number, body: string): string | undefined {
  if (status !== 200) return `status ${status}: ${body.slice(0, 200)}`;
  return kind === "json" ? checkMessage(body) : checkStream(body);
}

function checkMessage(body: string): string | undefined {
  if (!body.includes(answerText)) return "the answer's text is not the upstream's";
  if (!body.includes(`"output_tokens":${contentEvents}`)) return "the answer's usage is not the upstream's";
  return body.includes('"stop_reason":"end_turn"') ? undefined : "the answer does not say why it ended";
}

function checkStream(body: string): string | undefined {
  if (!body.includes("event: message_stop")) return "the stream does not end with message_stop";
  if (!body.includes(`"output_tokens":${contentEvents}`)) return "the stream lacks its usage";
  let at = -1;
  for (let i = 0; i < contentEvents; i += 1) {
    at = body.indexOf(` word${i}"`, at + 1);
    if (at < 0) return `the stream lacks its content event ${i}, or has it out of place`;
  }
  return undefined;
}
