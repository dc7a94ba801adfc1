// Attributes that hold many things at once, as JSON or as an object: what stands in them is found under `bag.key`, as if it were
// an attribute of its own. The bag itself stays with the record.

export const bags = [
  "metadata",
  "llm.invocation_parameters",
  "langfuse.trace.metadata",
  "langfuse.observation.metadata",
  "ai.telemetry.metadata",
  "traceloop.association.properties",
] as const;

export const bagNames: ReadonlySet<string> = new Set(bags);
