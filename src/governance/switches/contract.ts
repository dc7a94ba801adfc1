// Kill switches as they stand on the wire: what is switched off, why, by whom and until when.
import { oc } from "@orpc/contract";
import { z } from "zod";

/** What can be switched off; `installation` is all of it. */
export const switchKinds = [
  "installation",
  "organisation",
  "team",
  "project",
  "user",
  "key",
  "model",
  "vendor",
  "route",
  "agent",
  "tool",
] as const;
export type SwitchKind = (typeof switchKinds)[number];

const byWhom = z.object({ kind: z.string(), id: z.string(), name: z.string() });

export const switchSchema = z.object({
  id: z.string(),
  kind: z.enum(switchKinds),
  name: z.string().describe("of what is switched off, `*` for any text in it; `*` alone for the installation"),
  reason: z.string().describe("callers who are refused are told it"),
  thrown_at_ms: z.number().int(),
  thrown_by: byWhom,
  ends_at_ms: z.number().int().nullable().describe("when it lifts itself; null: when somebody lifts it"),
  lifted_at_ms: z.number().int().nullable(),
  lifted_by: byWhom.nullable().describe("null too where it lifted itself"),
});
export type Switch = z.infer<typeof switchSchema>;

const NAME_LENGTH_MAX = 300;
const REASON_LENGTH_MAX = 1000;

export const throwSwitchSchema = z.strictObject({
  kind: z.enum(switchKinds),
  name: z
    .string()
    .min(1)
    .max(NAME_LENGTH_MAX)
    .default("*")
    .describe("a name, with `*` for any text; of a model its name or vendor/model, of a key its id or name"),
  reason: z.string().trim().min(1).max(REASON_LENGTH_MAX).describe("callers who are refused are told it"),
  ends_at_ms: z.number().int().nullable().default(null).describe("when it lifts itself"),
});
export type ThrowSwitch = z.infer<typeof throwSwitchSchema>;

const LISTED_MAX = 1000;
const tags = ["Switches"];

export const switchesContract = {
  switches: {
    list: oc
      .route({ method: "GET", path: "/switches", summary: "Kill switches, newest first", tags })
      .input(
        z.strictObject({
          state: z.enum(["thrown", "all"]).default("thrown").describe("all: those that were lifted, too"),
          limit: z.coerce.number().int().min(1).max(LISTED_MAX).default(100),
        }),
      )
      .output(z.object({ switches: z.array(switchSchema) })),
    throw: oc
      .route({
        method: "POST",
        path: "/switches",
        successStatus: 201,
        summary: "Switch something off, in all processes within a second: new calls are refused, those under way ended",
        tags,
      })
      .input(throwSwitchSchema)
      .output(switchSchema),
    lift: oc
      .route({ method: "POST", path: "/switches/{id}/lift", summary: "Lift a kill switch", tags })
      .input(z.object({ id: z.string().min(1).max(100) }))
      .output(switchSchema),
  },
};
