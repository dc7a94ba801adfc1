// What callers delete or call off by the model API is on the audit trail too: files, batches, stored answers. Told when it was done.
import type { Hono } from "hono";
import type { AuditWriter } from "../../../audit/index.ts";
import { type ControlCallers, identifyModelCaller } from "../credential.ts";
import { actorOf } from "./audited.ts";

const KINDS: readonly [string, string][] = [
  ["/v1/files/", "file"],
  ["/v1/batches/", "batch"],
  ["/v1/messages/batches/", "batch"],
  ["/v1/responses/", "response"],
];

/** Before the routes themselves: it goes around them. */
export function auditDeletions(app: Hono, { audit, ...callers }: ControlCallers & { audit: AuditWriter }): void {
  for (const [path, kind] of KINDS)
    app.use(`${path}*`, async (context, next) => {
      await next();
      const { method, path: asked } = context.req;
      const isCancel = method === "POST" && asked.endsWith("/cancel");
      if ((method !== "DELETE" && !isCancel) || !context.res.ok) return;
      // Known a moment ago, and so from memory.
      const principal = await identifyModelCaller(callers, context.req.raw).catch(() => undefined);
      const [id = ""] = asked.slice(path.length).split("/");
      audit.tell({
        action: `${kind}.${isCancel ? "cancel" : "delete"}`,
        ...(principal && { actor: actorOf(principal) }),
        resource: { type: kind, id },
        outcome: "ok",
      });
    });
}
