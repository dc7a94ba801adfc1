// GET /api/v1/records/export: records as a file, streamed. It is no route of the contract: those answer with JSON.
import { z } from "zod";
import type { World } from "../../../kernel/index.ts";
import { exportFormatNames, type Ledger } from "../../../ledger/index.ts";
import { interfacesErrors } from "../../errors.ts";
import type { AuditWriter } from "../../../audit/index.ts";
import { actorOf } from "../audit/audited.ts";
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
    const reader = await identify(deps, request);
    deps.governance.require(reader, "read");
    const { format, since_ms, until_ms, bodies, filter } = readQuery(request.url);
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
  const found = querySchema.safeParse(Object.fromEntries(new URL(url).searchParams));
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw interfacesErrors.bad_query({ why: `${issue?.path.join(".") || "the query"}: ${issue?.message ?? "is wrong"}` });
}
