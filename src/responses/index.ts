// The front door of stored responses: answers that can be fetched again, gone on from, and worked out while nobody waits.
export { responsesConfigSchema, type ResponsesConfig } from "./config.ts";
export { responsesErrors } from "./errors.ts";
export { createResponses, type Responses } from "./responses.ts";
