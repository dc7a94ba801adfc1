// What may be put into the fields that take JSON, to begin from.

const write = (value: unknown): string => JSON.stringify(value, null, 2);

export const exampleTools = write([
  {
    type: "function",
    function: {
      name: "tide_at",
      description: "The height of the tide at a harbour, in metres.",
      parameters: {
        type: "object",
        properties: { harbour: { type: "string" }, at: { type: "string", description: "ISO 8601" } },
        required: ["harbour"],
      },
    },
  },
]);

export const exampleSchema = write({
  type: "object",
  properties: { summary: { type: "string" }, urgent: { type: "boolean" } },
  required: ["summary", "urgent"],
  additionalProperties: false,
});

export const exampleMore = write({ stop: ["END"] });
