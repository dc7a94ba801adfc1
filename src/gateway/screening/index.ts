// Guardrails where a call meets them: before it is planned, at its answer, and last of all.
export { type AskedApprovals, askToConnect, personOf } from "./asking.ts";
export { restoreAnswer, screenAnswer } from "./screen-answer.ts";
export { refuseUnseen, screenCall } from "./screen-call.ts";
