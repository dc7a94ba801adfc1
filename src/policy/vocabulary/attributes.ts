// What policies may ask about circumstances and things, by name: the types of attributes, and those of a question's context.
export type AttributeType = "text" | "number" | "truth" | "texts";

export interface AttributeSpec {
  readonly type: AttributeType;
  readonly what: string;
}

/** Circumstances. None need be known: a policy asks `context has region` first, as the schema demands. */
export const contextAttributes = {
  data_class: {
    type: "text",
    what: "how sensitive the data is that the call carries, as the caller or its project says",
  },
  region: { type: "text", what: "where the caller's data must stay" },
  purpose: { type: "text", what: "what the call is for, as the caller says" },
  cost_usd_micros: { type: "number", what: "what the call is expected to cost, rounded up to two digits" },
  hour: { type: "number", what: "of the day, 0 to 23, UTC" },
  weekday: { type: "number", what: "1 is Monday, 7 is Sunday, UTC" },
  role: { type: "text", what: "the role that is to be given" },
  tainted: { type: "truth", what: "whether untrusted text is in the conversation" },
} as const satisfies Record<string, AttributeSpec>;

export type ContextName = keyof typeof contextAttributes;
