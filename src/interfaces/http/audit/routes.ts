// What of the audit trail is no route of the contract: its tree as C2SP tlog-tiles serves it, and exports. Both behind authority.
import type { Context, Hono } from "hono";
import { z } from "zod";
import type { Audit } from "../../../audit/index.ts";
import { auditFilterSchema } from "../../../audit/contract.ts";
import { auditFormats } from "../../../audit/index.ts";
import type { Principal } from "../../../governance/index.ts";
import type { World } from "../../../kernel/index.ts";
import { interfacesErrors } from "../../errors.ts";
import { type ControlCallers, identify } from "../credential.ts";
import { errorResponse } from "../model-api/respond.ts";
import { streamOf } from "../stream-of.ts";
import { actorOf } from "./audited.ts";
import { OWN_ORGANISATION } from "../../../policy/index.ts";

interface AuditRoutesDeps extends ControlCallers {
  audit: Audit;
  world: World;
}

const querySchema = auditFilterSchema.extend({ format: z.enum(auditFormats).default("ndjson") }).strict();
/** A tile never becomes another one; who may read it, does not depend on a cache in between. */
const FOR_GOOD = "private, max-age=31536000, immutable";

export function addAuditRoutes(app: Hono, deps: AuditRoutesDeps): void {
  const { audit, governance, world } = deps;
  const answer = async (context: Context, work: (reader: Principal) => Promise<Response>): Promise<Response> => {
    try {
      const reader = await identify(deps, context.req.raw);
      governance.rights.require(reader, { action: "read_audit", on: "installation", organisation: OWN_ORGANISATION });
      return await work(reader);
    } catch (error) {
      return errorResponse(error, world);
    }
  };
  app.get("/audit/tlog/checkpoint", (context) =>
    answer(context, async () => {
      const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-cache" };
      return new Response(await audit.checkpoint(), { headers });
    }),
  );
  app.get("/audit/tlog/tile/:path{.+}", (context) =>
    answer(context, async () => {
      const headers = { "content-type": "application/octet-stream", "cache-control": FOR_GOOD };
      return new Response(Buffer.from(await audit.tile(context.req.param("path") ?? "")), { headers });
    }),
  );
  app.get("/api/v1/audit/export", (context) =>
    answer(context, async (reader) => {
      const { format, ...filter } = readQuery(context.req.url);
      const actor = actorOf(reader);
      await audit.note({ action: "audit.export", actor, resource: { type: "audit", id: format }, outcome: "ok" });
      const { mediaType, fileName, chunks } = await audit.export(format, filter);
      return new Response(streamOf(inBytes(chunks)), {
        headers: { "content-type": mediaType, "content-disposition": `attachment; filename="${fileName}"` },
      });
    }),
  );
}

async function* inBytes(chunks: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

function readQuery(url: string): z.output<typeof querySchema> {
  const found = querySchema.safeParse(Object.fromEntries(new URL(url).searchParams));
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw interfacesErrors.bad_query({ why: `${issue?.path.join(".") || "the query"}: ${issue?.message ?? "is wrong"}` });
}
