// GET /api/v1/records/export: records as a file, streamed. It is no route of the contract: those answer with JSON.
import { z } from "zod";
import type { World } from "../../../kernel/index.ts";
import { exportFormatNames, type Ledger } from "../../../ledger/index.ts";
import { interfacesErrors } from "../../errors.ts";
import type { AuditWriter } from "../../../audit/index.ts";
import { actorOf } from "../audit/audited.ts";
import { askedOrganisation } from "../control-plane/rights/asked-organisation.ts";
import { createScopeOf } from "../control-plane/rights/seen-records.ts";
import { type ControlCallers, identify } from "../credential.ts";
import { streamOf } from "../stream-of.ts";
import { errorResponse } from "../model-api/respond.ts";

export interface ExportDeps extends ControlCallers {
  ledger: Ledger;
  world: World;
  audit: AuditWriter;
}

const DAY_MS = 86_400_000;

const querySchema = z.strictObject({
  format: z.enum(exportFormatNames).default("ndjson"),
  since_ms: z.coerce.number().int().optional(),
  until_ms: z.coerce.number().int().optional(),
  bodies: z.enum(["true", "false"]).default("true"),
  filter: z.string().optional(),
});

export async function serveExport(request: Request, deps: ExportDeps): Promise<Response> {
  const { ledger, world, audit } = deps;
  try {
    const { governance } = deps;
    const reader = await identify(deps, request);
    const organisation = askedOrganisation({ said: undefined, request }) ?? reader.organisation;
    const scopeOf = createScopeOf(governance);
    const sight = governance.rights.requireSight(reader, { action: "export_records", organisation });
    const texts = governance.rights.sightOf(reader, { action: "read_bodies", organisation });
    const { format, since_ms, until_ms, bodies, filter } = readQuery(request.url);
    // A file has the texts in it, and what applications say in attributes: whoever may not read them takes no records away.
    if (!texts || JSON.stringify(texts) !== JSON.stringify(sight))
      governance.rights.require(reader, { action: "read_bodies", on: "organisation", organisation });
    const untilMs = until_ms ?? world.nowMs();
    await audit.note({
      action: "records.export",
      actor: actorOf(reader),
      resource: { type: "records", id: format },
      outcome: "ok",
      details: { since_ms: since_ms ?? null, until_ms: untilMs, bodies: bodies === "true", filter: filter ?? null },
    });
    const { mediaType, extension, chunks } = ledger.export({
      format,
      sinceMs: since_ms ?? untilMs - DAY_MS,
      untilMs,
      withBodies: bodies === "true",
      filter,
      within: scopeOf(sight),
    });
    const name = `binnacle-${new Date(untilMs).toISOString().slice(0, 10)}.${extension}`;
    return new Response(streamOf(chunks), {
      headers: { "content-type": mediaType, "content-disposition": `attachment; filename="${name}"` },
    });
  } catch (error) {
    return errorResponse(error, world);
  }
}

function readQuery(url: string): z.output<typeof querySchema> {
  const { searchParams } = new URL(url);
  const twice = [...searchParams.keys()].find((name, at, names) => names.indexOf(name) !== at);
  if (twice !== undefined) throw interfacesErrors.bad_query({ why: `${twice.slice(0, 100)}: it is named twice` });
  const found = querySchema.safeParse(Object.fromEntries(searchParams));
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw interfacesErrors.bad_query({ why: `${issue?.path.join(".") || "the query"}: ${issue?.message ?? "is wrong"}` });
}
