// The front door of shaping: what happens to a request before it is planned, and to an answer before it is given.
export { createShaping, type Shaping } from "./shaping.ts";
export { checkAnswer, type CheckedAnswer, type Checking } from "./validation/check-answer.ts";
