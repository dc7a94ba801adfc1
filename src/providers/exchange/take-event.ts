// What the record needs to know of an answer, from its canonical events.
import type { ChatEvent } from "../contract.ts";
import type { AnswerFacts } from "../passthrough/answer-facts.ts";

/** Takes what one event says into `facts`; true when it is content, which a caller could already show. */
export function takeEvent(facts: AnswerFacts, event: ChatEvent): boolean {
  switch (event.type) {
    case "start":
      if (event.id !== "") facts.response_id = event.id;
      if (event.model !== "") facts.model = event.model;
      return false;
    case "finish":
      facts.finish_reason ??= event.raw_reason;
      return false;
    case "usage":
      facts.usage = event.usage;
      return false;
    case "text":
    case "refusal":
    case "reasoning":
    case "tool_call_start":
    case "tool_call_arguments":
    case "part":
      facts.contentEvents += 1;
      return true;
    default:
      return false;
  }
}
