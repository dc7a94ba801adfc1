// All tables of meaning in one place, for whoever shows them: the reference is made of them.
export { agentEvents, agentLogNames, agentVendors } from "./logs/agent-logs.ts";
export { bags } from "./names/bags.ts";
export { dialects } from "./dialects/decide-kind.ts";
export { type Field, fieldNames } from "./names/field-names.ts";
export { firstTokenEvents } from "./read-model.ts";
export { genAiOperations } from "./dialects/gen-ai.ts";
export { listPrefixes } from "./names/list-names.ts";
export { mcpMethods } from "./dialects/mcp.ts";
export { messageEvents } from "./content/messages-in-events.ts";
export { observationTypes } from "./dialects/langfuse.ts";
export { openInferenceKinds } from "./dialects/openinference.ts";
export { requestTypes, traceloopKinds } from "./dialects/traceloop.ts";
export { vendorAliases } from "./figures/vendor-names.ts";
export { vercelOperations } from "./dialects/vercel-ai.ts";
