// The prompts' front door: messages with blanks, that calls name and fill in. Who may change them, labels and trials of versions are not here yet.
export { promptsConfigSchema, type PromptsConfig } from "./config.ts";
export { promptsErrors } from "./errors.ts";
export { createPrompts, type FilledPrompt, type Prompts } from "./prompts.ts";
