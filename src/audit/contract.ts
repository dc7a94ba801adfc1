// The audit trail's wire shapes and routes. Tiles and exports are files, and have paths of their own beside these.
import { oc } from "@orpc/contract";
import { z } from "zod";

const text = () => z.string().min(1).max(512);

export const auditEntrySchema = z.object({
  id: z.string(),
  at_ms: z.number().int(),
  index: z.number().int().nullable().describe("its place in the tree, from 0; null for a moment after it happened"),
  tree: z.number().int().nullable().describe("the number at the end of the tree's origin"),
  action: z.string(),
  actor: z.object({
    kind: z.string(),
    id: z.string().nullable().describe("null for a person whose key was destroyed"),
    name: z.string().nullable(),
    organisation: z.string(),
  }),
  on_behalf_of: z.string().nullable(),
  resource: z.object({ type: z.string(), id: z.string().nullable() }),
  organisation: z.string(),
  outcome: z.enum(["ok", "refused", "failed"]),
  policies: z.array(z.string()),
  request_id: z.string().nullable(),
  details: z.record(z.string(), z.unknown()).nullable(),
  is_sealed: z.boolean().describe("there is a personal part besides"),
});
export type AuditEntryView = z.infer<typeof auditEntrySchema>;

export const auditFilterSchema = z.object({
  action: text().optional(),
  actor: text().optional().describe("the id of a key, or the name of a person"),
  resource_type: text().optional(),
  resource: text().optional(),
  organisation: text().optional(),
  outcome: z.enum(["ok", "refused", "failed"]).optional(),
  calls: z.enum(["with", "without"]).optional().describe("without: entries of calls, nearly all of them, are left out"),
  since_ms: z.coerce.number().int().min(0).optional(),
  until_ms: z.coerce.number().int().min(0).optional().describe("exclusive"),
  call: z.string().max(100).optional().describe("the id of a call: its own entry, or that of the batch that it is in"),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const auditQuerySchema = auditFilterSchema.extend({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(200).optional().describe("next_cursor of the page before"),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;
export const auditPageSchema = z.object({ entries: z.array(auditEntrySchema), next_cursor: z.string().nullable() });
export type AuditPage = z.infer<typeof auditPageSchema>;

export const shownEntrySchema = auditEntrySchema.extend({
  leaf: z.string().describe("what the tree holds, byte by byte"),
  personal: z.record(z.string(), z.unknown()).nullable().describe("null where there is none, or its key was destroyed"),
  batch: z
    .object({
      id: z.string().describe("of its entry"),
      number: z.number().int().describe("from 0"),
      count: z.number().int(),
    })
    .nullable()
    .describe("of a call that stands in an entry with others; `index` is that entry's"),
});
export type ShownEntry = z.infer<typeof shownEntrySchema>;

const hash = z.string().describe("base64 of 32 bytes");

export const inclusionSchema = z.object({
  index: z.number().int(),
  leaf: z.string(),
  proof: z.array(hash),
  checkpoint: z.string().describe("a signed note"),
  tlog_proof: z.string().describe("the same as a c2sp.org/tlog-proof@v1"),
  call: z
    .object({ leaf: z.string(), number: z.number().int(), count: z.number().int(), proof: z.array(hash) })
    .nullable()
    .describe(
      "of a call in a batch: its own leaf, and its path to `details.root` of the batch's entry, which is `leaf`",
    ),
});
export type Inclusion = z.infer<typeof inclusionSchema>;

export const consistencySchema = z.object({
  from: z.number().int(),
  to: z.number().int(),
  proof: z.array(hash),
  from_root: hash,
  to_root: hash,
  checkpoint: z.string(),
});
export type ConsistencyView = z.infer<typeof consistencySchema>;

export const auditStateSchema = z.object({
  origin: z.string().nullable(),
  size: z.number().int(),
  waiting: z.number().int().describe("entries without a place in the tree"),
  gaps: z.number().int().describe("entries that were not kept, and are not told of yet"),
  fault: z
    .enum(["rolled_back", "forked", "checkpoint_forged", "checkpoint_differs"])
    .nullable()
    .describe("why nothing is signed"),
  checkpoint: z.string().nullable(),
  signed_at_ms: z.number().int().nullable(),
  keys: z.array(z.string()).describe("those that signed this tree, the newest first"),
  receivers: z.array(
    z.object({
      name: z.string(),
      sent: z.number().int().describe("entries of this tree, from the first on"),
      last_error: z.string().nullable(),
    }),
  ),
  witnesses: z.array(
    z.object({
      name: z.string(),
      size: z.number().int().describe("that it signed"),
      last_error: z.string().nullable(),
    }),
  ),
});
export type AuditState = z.infer<typeof auditStateSchema>;

const findingSchema = z.object({
  kind: z.string(),
  origin: z.string().optional(),
  seq: z.number().int().optional(),
  id: z.string().optional(),
  size: z.number().int().optional(),
  count: z.number().int().optional(),
});
export const verifiedSchema = z.object({
  ok: z.boolean(),
  entries: z.number().int(),
  findings: z.array(findingSchema),
  notices: z.array(findingSchema).describe("not wrong by themselves: entries that tell of a time long before"),
  more: z.number().int().describe("findings beyond those that are listed"),
  checkpoint: z.string().nullable(),
});
export type VerifiedView = z.infer<typeof verifiedSchema>;

export const erasureSchema = z.object({ subject: z.string(), key: z.string(), destroyed_at_ms: z.number().int() });
export type Erasure = z.infer<typeof erasureSchema>;

const tags = ["Audit"];
const byId = z.object({ id: z.string().max(100) });

export const auditContract = {
  state: oc
    .route({ method: "GET", path: "/audit", summary: "The audit trail's tree, and what was signed of it", tags })
    .output(auditStateSchema),
  list: oc
    .route({ method: "GET", path: "/audit/entries", summary: "Who did what; newest first", tags })
    .input(auditQuerySchema)
    .output(auditPageSchema),
  show: oc
    .route({ method: "GET", path: "/audit/entries/{id}", summary: "One entry, with its personal part", tags })
    .input(byId)
    .output(shownEntrySchema),
  proof: oc
    .route({ method: "GET", path: "/audit/entries/{id}/proof", summary: "That an entry is in the signed tree", tags })
    .input(byId)
    .output(inclusionSchema),
  consistency: oc
    .route({ method: "GET", path: "/audit/consistency", summary: "That the tree only grew between two sizes", tags })
    .input(
      z.object({
        from: z.coerce.number().int().min(1),
        to: z.coerce.number().int().min(1).optional().describe("by default the size that is signed"),
      }),
    )
    .output(consistencySchema),
  verify: oc
    .route({ method: "POST", path: "/audit/verify", summary: "Hold the whole trail against what was signed", tags })
    .output(verifiedSchema),
  newOrigin: oc
    .route({ method: "POST", path: "/audit/new-origin", summary: "Begin a new tree, which says so", tags })
    .output(auditStateSchema),
  rotateKey: oc
    .route({ method: "POST", path: "/audit/rotate-key", summary: "Sign with a new key from now on", tags })
    .output(auditStateSchema),
  erase: oc
    .route({ method: "POST", path: "/audit/erasures", summary: "Destroy the key of a person; all proofs stay", tags })
    .input(z.strictObject({ subject: text().describe("`user:alice`") }))
    .output(erasureSchema),
};
