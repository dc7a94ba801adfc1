// Conversations for invented calls: short, long, with tools, in several scripts, and hostile ones.
import type { CallDetail, CallOutcome } from "../../src/ledger/contract.ts";
import type { Random } from "./seeded-random.ts";

type Texts = Pick<CallDetail, "messages" | "request_body" | "response_body">;
type Message = CallDetail["messages"][number];

function say(role: string, text: string, toolCalls: Message["tool_calls"] = []): Message {
  return { role, text, tool_calls: toolCalls };
}

const log = Array.from(
  { length: 160 },
  (_, index) =>
    `2026-09-22T08:${String(index % 60).padStart(2, "0")}:04Z worker-${index % 7} retry ${index} of job 4711: timeout`,
).join("\n");

const conversations: Message[][] = [
  [
    say("system", "You answer questions about orders. Be brief."),
    say("user", "Where is my order 10423?"),
    say("assistant", "", [{ name: "find_order", arguments: '{"order_id":"10423","include":["parcel","dates"]}' }]),
  ],
  [
    say("system", "You answer questions about orders. Be brief."),
    say("user", "Where is my order 10423?"),
    say("assistant", "", [{ name: "find_order", arguments: '{"order_id":"10423"}' }]),
    say("tool", '{"order_id":"10423","parcel":"on the van","expected":"2026-09-22"}'),
    say("assistant", "It is on the delivery van and should reach you today."),
  ],
  [
    say("user", "Explain to a ten-year-old why a compass needle points north."),
    say(
      "assistant",
      "The Earth is a giant, gentle magnet. Deep under our feet, hot liquid iron swirls around, and that makes a magnetic field that reaches far out into space.\n\nA compass needle is a tiny magnet that can turn freely. Put it in the Earth's field and it lines up with it, a bit like a leaf in a stream turning the way the water flows.\n\nOn a ship there is a catch: the ship itself is made of iron. So the compass stands in a binnacle, with two iron balls beside it that cancel the ship's own pull.",
    ),
  ],
  [
    say("user", `Find the cause in this log:\n\n${log}`),
    say(
      "assistant",
      "Job 4711 times out on every worker, so the cause is the job and not one machine. Look at what it waits for.",
    ),
  ],
  [
    say("user", "Übersetze ins Arabische und Japanische: „Der Kurs ist gesetzt.“"),
    say("assistant", "العربية: تم تحديد المسار.\n日本語：針路は定まった。"),
  ],
  [
    say(
      "user",
      "<script>alert('x')</script><img src=https://example.invalid/p.png onerror=alert(1)> \u001b[31mred\u001b[0m \u202Egnp.exe",
    ),
    say("assistant", "That is markup, an escape sequence and a direction override. Shown as text, they do nothing."),
  ],
];

/** A conversation for a call that ended so, with the bodies that it was read from. */
export function pickConversation(random: Random, outcome: CallOutcome): Texts {
  const whole = conversations[Math.floor(random() * conversations.length)] ?? [];
  const asked = whole.at(-1)?.role === "assistant" ? whole.slice(0, -1) : whole;
  const cut = whole.map((message, index) =>
    index === whole.length - 1 ? { ...message, text: message.text.slice(0, message.text.length / 2) } : message,
  );
  const messages = outcome === "ok" ? whole : outcome === "truncated" || outcome === "cancelled" ? cut : asked;
  const request = JSON.stringify({
    model: "fast",
    stream: true,
    messages: asked.map(({ role, text }) => ({ role, content: text })),
  });
  const answer = messages.at(-1)?.text ?? "";
  const response = messages === asked ? null : streamOf(answer, outcome === "ok");
  return {
    messages,
    request_body: body("application/json", request),
    response_body: response === null ? null : body("text/event-stream", response),
  };
}

/** One message, and nothing answered. */
export function conversationOf(text: string): Texts {
  const request = JSON.stringify({ model: "fast", messages: [{ role: "user", content: text }] });
  return {
    messages: [say("user", text)],
    request_body: body("application/json", request),
    response_body: null,
  };
}

function streamOf(text: string, whole: boolean): string {
  const words = text.split(/(?<= )/);
  const chunks = words.map(
    (content) =>
      `data: ${JSON.stringify({ object: "chat.completion.chunk", choices: [{ index: 0, delta: { content } }] })}\n\n`,
  );
  return chunks.join("") + (whole ? "data: [DONE]\n\n" : "");
}

function body(mediaType: string, text: string): NonNullable<CallDetail["request_body"]> {
  return { media_type: mediaType, size_bytes: new TextEncoder().encode(text).length, cut: false, text };
}
