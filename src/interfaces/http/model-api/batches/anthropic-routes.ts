// Message batches in Anthropic's protocol.
import type { Hono } from "hono";
import { z } from "zod";
import { forwardedHeaders } from "../../../../providers/index.ts";
import { parseJson, readBody } from "../../read-body.ts";
import { messageBatch } from "./anthropic-shapes.ts";
import { type BatchRoutesDeps, createBatchHandler, originOf } from "./batch-handler.ts";
import { cursor, pageOf, queryOf, readParams } from "./read-params.ts";
import { streamOf } from "../../stream-of.ts";

const createSchema = z.object({
  requests: z
    .array(
      z.object({
        custom_id: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, "1 to 64 letters, digits, _ or -"),
        params: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1),
});

const listSchema = z.object({
  after_id: cursor.optional(),
  before_id: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(20),
});

const PATH = "/v1/messages/batches";

export function addAnthropicBatchRoutes(app: Hono, deps: BatchRoutesDeps): void {
  const { jobs } = deps.batches;
  const handle = createBatchHandler(deps, "anthropic-messages");
  app.post(
    PATH,
    handle(async ({ principal, request }) => {
      const body = parseJson(await readBody(request, deps.config.body_bytes_max));
      const { requests } = readParams(createSchema, body);
      const job = {
        requests: requests.map(({ custom_id, params }) => ({ customId: custom_id, body: JSON.stringify(params) })),
        headers: keptOf(request.headers),
      };
      return Response.json(messageBatch(await jobs.createFromRequests(principal, job), originOf(request)));
    }),
  );
  app.get(
    PATH,
    handle(async ({ principal, request }) => {
      const { after_id: after, before_id: before, limit } = readParams(listSchema, queryOf(request));
      const found = await jobs.list(principal, { kind: "anthropic", after, before, limit: limit + 1 });
      // Towards younger ones, the entry too many is the youngest.
      const { entries, ...page } = pageOf(before === undefined ? found : found.slice(-limit), limit);
      const origin = originOf(request);
      const data = entries.map((batch) => messageBatch(batch, origin));
      return Response.json({ data, ...page, has_more: found.length > limit });
    }),
  );
  app.get(
    `${PATH}/:id`,
    handle(async ({ principal, request, id }) => {
      const batch = await jobs.find(principal, "anthropic", id);
      return Response.json(messageBatch(batch, originOf(request)));
    }),
  );
  app.get(
    `${PATH}/:id/results`,
    handle(async ({ principal, id }) => {
      const pieces = await jobs.readResults(principal, "anthropic", id);
      return new Response(streamOf(pieces), { headers: { "content-type": "application/x-jsonl" } });
    }),
  );
  app.post(
    `${PATH}/:id/cancel`,
    handle(async ({ principal, request, id }) => {
      const batch = await jobs.cancel(principal, "anthropic", id);
      return Response.json(messageBatch(batch, originOf(request)));
    }),
  );
  app.delete(
    `${PATH}/:id`,
    handle(async ({ principal, id }) => {
      await jobs.remove(principal, "anthropic", id);
      return Response.json({ id, type: "message_batch_deleted" });
    }),
  );
}

/** What each of its calls is to say to a vendor of the same dialect. */
function keptOf(headers: Headers): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of forwardedHeaders) {
    const value = headers.get(name);
    if (value !== null) kept[name] = value;
  }
  return kept;
}
