// Requests and answers that are changed in their caller's own dialect.
export { type Added, type AddedParameters, addMessages } from "./add-messages.ts";
export { type MessageText, rewriteTexts } from "./message-texts.ts";
export { PROMPT_HEADER, type PromptCall } from "./prompt-call.ts";
export { type AnsweredChoice, readAnswerTexts, rewordAnswer, type WrittenAnswer } from "./answer-texts.ts";
