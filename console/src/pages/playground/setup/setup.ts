// What is asked in the playground: the messages and settings that all columns share, and what each column has of its own. As JSON it
// stands in the address, in the browser's tab, and in saved prompts; only what differs from nothing is written.
import { z } from "zod";

export const COLUMNS_MAX = 4;
const TURNS_MAX = 200;

export const roles = ["user", "assistant", "tool", "system", "developer"] as const;
export type Role = (typeof roles)[number];

const toolCallSchema = z.object({ id: z.string(), name: z.string(), arguments: z.string() });

const turnSchema = z.object({
  role: z.enum(roles),
  text: z.string().default(""),
  /** Addresses or data URLs. */
  images: z.array(z.string()).default([]),
  toolCalls: z.array(toolCallSchema).default([]),
  /** Of role `tool`: which call it answers. */
  toolCallId: z.string().default(""),
  /** Parts of a message that the page has no field for; sent as they came. */
  otherParts: z.array(z.unknown()).default([]),
});
export type Turn = z.infer<typeof turnSchema>;

const figure = z.number().nullable().default(null);

const settingsSchema = z.object({
  temperature: figure,
  max_tokens: figure,
  top_p: figure,
  n: figure,
  seed: figure,
  /** JSON, as typed: a list of tools. */
  tools: z.string().default(""),
  /** JSON Schema, as typed. */
  schema: z.string().default(""),
  /** JSON, as typed: other fields of the request. */
  more: z.string().default(""),
});
export type Settings = z.infer<typeof settingsSchema>;

const columnSchema = z.object({
  model: z.string().default(""),
  /** Null: the shared one. */
  system: z.string().nullable().default(null),
  /** Null: the shared one. */
  temperature: figure,
  max_tokens: figure,
});
export type Column = z.infer<typeof columnSchema>;

export const setupSchema = z.object({
  system: z.string().default(""),
  turns: z.array(turnSchema).max(TURNS_MAX).default([]),
  settings: settingsSchema.prefault({}),
  columns: z.array(columnSchema).min(1).max(COLUMNS_MAX),
});
export type Setup = z.infer<typeof setupSchema>;

export const emptyTurn = (role: Role): Turn => turnSchema.parse({ role });
export const emptyColumn = (model = ""): Column => columnSchema.parse({ model });

/** Whoever is under a budget must say how long an answer may get. */
const usualTokensMax = 1000;

export const emptySetup: Setup = setupSchema.parse({
  turns: [{ role: "user" }],
  settings: { max_tokens: usualTokensMax },
  columns: [{}],
});

/** Null for what is none. */
export function readSetup(text: string | null | undefined): Setup | null {
  if (text === null || text === undefined || text === "") return null;
  try {
    const read = setupSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** Without what says nothing: empty texts and lists, and null. */
export function writeSetup(setup: Setup): string {
  return JSON.stringify(setup, (key: string, value: unknown) => {
    if (key === "turns" || key === "columns") return value;
    if (value === null || value === "") return undefined;
    return Array.isArray(value) && value.length === 0 ? undefined : value;
  });
}
