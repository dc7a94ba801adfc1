// Chat-completions behind the face that all dialects have.
import { isObject } from "../fields.ts";
import type { ChatEvent } from "../../contract.ts";
import type { Dialect, Dropped } from "../dialect.ts";
import { writeChatAnswer } from "./answer-in.ts";
import { readChatAnswer } from "./answer-out.ts";
import { carryOver } from "./request/carry-over.ts";
import { readOpenAiError, renderOpenAiError, renderStreamError } from "./errors.ts";
import { readChatRequest } from "./request/request-in.ts";
import { type ChatQuirks, openAiQuirks, writeChatRequest } from "./request/request-out.ts";
import { createStreamEncoder } from "./stream-in.ts";
import { createStreamDecoder } from "./stream-out.ts";

export const openAiChat: Dialect = {
  name: "openai-chat",
  caller: {
    readRequest: readChatRequest,
    writeAnswer(events, told) {
      const said = [...events];
      for (const event of said) tellUnsaid(event, told);
      return writeChatAnswer(said);
    },
    createEncoder({ request, told }) {
      const asked = request.extra?.["stream_options"];
      const encoder = createStreamEncoder({ includeUsage: isObject(asked) && asked["include_usage"] === true });
      return {
        write(event) {
          tellUnsaid(event, told);
          return encoder.write(event);
        },
      };
    },
    writeError: (error) => renderOpenAiError(error).body,
    writeStreamError: (error) => Buffer.from(renderStreamError(error)).toString(),
  },
  vendor: {
    writeRequest(asked, { model, quirks = {} }) {
      const { request, dropped } = carryOver({ ...asked, model });
      return { body: writeChatRequest(request, { ...openAiQuirks, ...(quirks as Partial<ChatQuirks>) }), dropped };
    },
    readAnswer: (body) => [...readChatAnswer(body)],
    createDecoder: createStreamDecoder,
    readError: readOpenAiError,
  },
};

function tellUnsaid(event: ChatEvent, told: Dropped[]): void {
  const what = event.type === "part" ? event.part.type : event.type;
  if (event.type !== "part" && event.type !== "citation" && event.type !== "reasoning_signature") return;
  if (!told.some((each) => each.what === `answer.${what}`))
    told.push({ what: `answer.${what}`, why: "chat-completions has no word for it" });
}
