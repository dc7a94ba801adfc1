// API keys and console sessions as they stand on the wire. A key's secret appears once, in the answer that creates it.
import { oc } from "@orpc/contract";
import { z } from "zod";

/** What a key may do: `call` models, `read` the record, `admin` everything. */
export const scopes = ["call", "read", "admin"] as const;
export type Scope = (typeof scopes)[number];

const name = z.string().trim().min(1).max(100);

export const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(scopes)),
  user: z.string().nullable(),
  team: z.string().nullable(),
  project: z.string().nullable(),
  created_at_ms: z.number().int(),
  expires_at_ms: z.number().int().nullable(),
  revoked_at_ms: z.number().int().nullable(),
});
export type Key = z.infer<typeof keySchema>;

export const createKeySchema = z.object({
  name,
  scopes: z.array(z.enum(scopes)).min(1).default(["call"]),
  user: name.nullable().default(null),
  team: name.nullable().default(null),
  project: name.nullable().default(null),
  expires_at_ms: z.number().int().nullable().default(null),
});
export type CreateKey = z.infer<typeof createKeySchema>;

export const createdKeySchema = keySchema.extend({ secret: z.string().describe("the key itself; shown this once") });
export type CreatedKey = z.infer<typeof createdKeySchema>;

export const budgetViewSchema = z.object({
  id: z.string(),
  whose: z.string(),
  unit: z.enum(["usd_micros", "requests", "tokens", "calls_in_flight"]),
  every: z.string().nullable().describe("the window; null for what is in flight"),
  cap: z.number().int(),
  spent: z.number().int(),
  held: z.number().int().describe("for calls under way, or at hand in a process for the next ones"),
  left: z.number().int(),
  renews_at_ms: z.number().int().nullable().describe("null for a window that slides, or never ends"),
});
export type BudgetView = z.infer<typeof budgetViewSchema>;

const page = z.object({ limit: z.coerce.number().int().min(1).max(200).default(100), cursor: z.string().optional() });

const keys = ["Keys"];
const session = ["Session"];

export const governanceContract = {
  keys: {
    list: oc
      .route({ method: "GET", path: "/keys", summary: "List keys, newest first", tags: keys })
      .input(page)
      .output(z.object({ keys: z.array(keySchema), next_cursor: z.string().nullable() })),
    create: oc
      .route({
        method: "POST",
        path: "/keys",
        successStatus: 201,
        summary: "Create a key; its secret is shown once",
        tags: keys,
      })
      .input(createKeySchema)
      .output(createdKeySchema),
    revoke: oc
      .route({
        method: "POST",
        path: "/keys/{id}/revoke",
        summary: "Revoke a key; it stops working within a second",
        tags: keys,
      })
      .input(z.object({ id: z.string() }))
      .output(keySchema),
  },
  budgets: oc
    .route({
      method: "GET",
      path: "/budgets",
      summary: "Budgets and limits that anything was spent of, about a second old",
      tags: ["Budgets"],
    })
    .input(page)
    .output(z.object({ budgets: z.array(budgetViewSchema), next_cursor: z.string().nullable() })),
  session: {
    get: oc
      .route({ method: "GET", path: "/session", summary: "Who is signed in", tags: session })
      .output(z.object({ key_id: z.string(), key_name: z.string(), scopes: z.array(z.enum(scopes)) })),
  },
};
