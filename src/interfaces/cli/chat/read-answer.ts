// Reads a streamed answer of POST /v1/chat/completions: text as it comes, and at the end what it came to. It expects
// our own server, and believes nothing but what this reader needs.
import { EventSourceParserStream } from "eventsource-parser/stream";
import { z } from "zod";
import { cliErrors } from "../errors.ts";

const EVENT_LENGTH_MAX = 16 * 1024 * 1024;

const usageSchema = z.object({ prompt_tokens: z.number(), completion_tokens: z.number() });

const chunkSchema = z.object({
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .default([]),
  usage: usageSchema.nullish(),
  error: z.object({ message: z.string() }).nullish(),
});

export interface Answer {
  text: string;
  finishReason: string | null;
  usage: z.infer<typeof usageSchema> | null;
}

/** Throws `cli.answer_broke` when the stream ends before the answer does, or says that it failed. */
export async function readAnswer(response: Response, onText: (text: string) => void): Promise<Answer> {
  const answer: Answer = { text: "", finishReason: null, usage: null };
  if (!response.body) throw cliErrors.answer_broke({ why: "it has no body" });
  const events = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream({ maxBufferSize: EVENT_LENGTH_MAX }));
  for await (const { data } of events) {
    if (data === "[DONE]") return answer;
    const { choices, usage, error } = readChunk(data);
    if (error) throw cliErrors.answer_broke({ why: error.message.replace(/\.$/, "") });
    const choice = choices[0];
    const text = choice?.delta?.content ?? choice?.delta?.refusal ?? "";
    answer.text += text;
    if (text !== "") onText(text);
    answer.finishReason = choice?.finish_reason ?? answer.finishReason;
    answer.usage = usage ?? answer.usage;
  }
  throw cliErrors.answer_broke({ why: "the stream ended too early" });
}

function readChunk(data: string): z.infer<typeof chunkSchema> {
  try {
    return chunkSchema.parse(JSON.parse(data));
  } catch (cause) {
    throw cliErrors.answer_broke({ why: "a part of it could not be read" }, cause);
  }
}
