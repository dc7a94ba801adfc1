// The guardrails' front door: checks of what goes in and comes out. What they look for is in detectors/.
export { guardrailsConfigSchema, type GuardrailsConfig } from "./config.ts";
export { guardrailsErrors } from "./errors.ts";
export { createGuardrails, type Guardrails } from "./guardrails.ts";
export type { CallGuard } from "./screening/call-guard.ts";
export type { AnswerText } from "./screening/screen-answer.ts";
export type { RequestText } from "./screening/screen-request.ts";
export type { Asked, GuardrailFinding } from "./screening/findings-log.ts";
export type { GuardedStream } from "./screening/screen-stream.ts";
