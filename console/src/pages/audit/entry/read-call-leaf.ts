// What the trail says of one call in a batch, from the leaf that its proof carries. People in it stand under pseudonyms.
import { z } from "zod";
import type { AuditEntryView, Inclusion } from "../../../../../src/audit/contract.ts";

const leafSchema = z.object({
  id: z.string(),
  at_ms: z.number(),
  action: z.string(),
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string().optional(), organisation: z.string() }),
  on_behalf_of: z.string().optional(),
  resource: z.object({ type: z.string(), id: z.string() }),
  organisation: z.string(),
  outcome: z.enum(["ok", "refused", "failed"]),
  policies: z.array(z.string()).optional(),
  request_id: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
  sealed: z.unknown().optional(),
});

export interface ReadCall {
  /** `on_behalf_of` and people's ids are pseudonyms. */
  view: Omit<AuditEntryView, "index" | "tree">;
  /** In its batch, from 0. */
  number: number;
  count: number;
}

/** Null for a leaf that says something else. */
export function readCallLeaf({ leaf, number, count }: NonNullable<Inclusion["call"]>): ReadCall | null {
  const read = leafSchema.safeParse(parse(leaf));
  if (!read.success) return null;
  const { actor, on_behalf_of, policies, request_id, details, sealed, ...same } = read.data;
  const view = {
    ...same,
    actor: { ...actor, name: actor.name ?? null },
    on_behalf_of: on_behalf_of ?? null,
    policies: policies ?? [],
    request_id: request_id ?? null,
    details: details ?? null,
    is_sealed: sealed !== undefined,
  };
  return { view, number, count };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
