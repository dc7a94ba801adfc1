// Files and batches in OpenAI's protocol.
import type { Hono } from "hono";
import { z } from "zod";
import type { Batches, Upload } from "../../../../batches/index.ts";
import { parseJson, readBody, readForm } from "../../read-body.ts";
import { type BatchRoutesDeps, createBatchHandler } from "./batch-handler.ts";
import { batchObject, fileObject } from "./open-ai-shapes.ts";
import { cursor, pageOf, queryOf, readParams } from "./read-params.ts";
import { streamOf } from "../../stream-of.ts";

const PURPOSES = ["assistants", "batch", "fine-tune", "vision", "user_data", "evals"] as const;

/** In seconds, as OpenAI has them: an hour to thirty days. */
const lifetime = z.coerce.number().int().min(3600).max(2_592_000);

const uploadSchema = z.object({
  purpose: z.enum(PURPOSES),
  file: z.instanceof(File, { message: "must be a file" }),
  "expires_after[anchor]": z.literal("created_at").optional(),
  "expires_after[seconds]": lifetime.optional(),
});

const fileListSchema = z.object({
  after: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(100),
  order: z.enum(["asc", "desc"]).default("desc"),
  purpose: cursor.optional(),
});

const METADATA_MAX = 16;
const METADATA_BODY_BYTES_MAX = 64 * 1024;

const createBatchSchema = z.object({
  input_file_id: z.string(),
  endpoint: z.string(),
  completion_window: z.literal("24h"),
  output_expires_after: z.object({ anchor: z.literal("created_at"), seconds: lifetime }).nullish(),
  metadata: z
    .record(z.string().max(64), z.string().max(512))
    .refine((pairs) => Object.keys(pairs).length <= METADATA_MAX, `has more than ${METADATA_MAX} pairs`)
    .nullish(),
});

const batchListSchema = z.object({
  after: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export function addOpenAiBatchRoutes(app: Hono, deps: BatchRoutesDeps): void {
  const handle = createBatchHandler(deps, "openai-chat");
  addFileRoutes(app, handle, deps.batches);
  const { jobs } = deps.batches;
  app.post(
    "/v1/batches",
    handle(async ({ principal, request }) => {
      const body = readParams(createBatchSchema, parseJson(await readBody(request, METADATA_BODY_BYTES_MAX)));
      const { input_file_id: inputFileId, endpoint, metadata = null, output_expires_after: kept } = body;
      const job = { inputFileId, endpoint, metadata, outputLifetimeMs: kept ? kept.seconds * 1000 : null };
      return Response.json(batchObject(await jobs.createFromFile(principal, job)));
    }),
  );
  app.get(
    "/v1/batches",
    handle(async ({ principal, request }) => {
      const { after, limit } = readParams(batchListSchema, queryOf(request));
      const found = await jobs.list(principal, { kind: "openai", after, before: undefined, limit: limit + 1 });
      const { entries, ...page } = pageOf(found, limit);
      return Response.json({ object: "list", data: entries.map(batchObject), ...page });
    }),
  );
  app.get(
    "/v1/batches/:id",
    handle(async ({ principal, id }) => Response.json(batchObject(await jobs.find(principal, "openai", id)))),
  );
  app.post(
    "/v1/batches/:id/cancel",
    handle(async ({ principal, id }) => Response.json(batchObject(await jobs.cancel(principal, "openai", id)))),
  );
}

function addFileRoutes(app: Hono, handle: ReturnType<typeof createBatchHandler>, { files }: Batches): void {
  app.post(
    "/v1/files",
    handle(async ({ principal, request }) =>
      Response.json(fileObject(await files.create(principal, () => readUpload(request, files.uploadBytesMax)))),
    ),
  );
  app.get(
    "/v1/files",
    handle(async ({ principal, request }) => {
      const { limit, after, order, purpose } = readParams(fileListSchema, queryOf(request));
      const { entries, ...page } = pageOf(
        await files.list(principal, { after, order, purpose, limit: limit + 1 }),
        limit,
      );
      return Response.json({ object: "list", data: entries.map(fileObject), ...page });
    }),
  );
  app.get(
    "/v1/files/:id",
    handle(async ({ principal, id }) => Response.json(fileObject(await files.find(principal, id)))),
  );
  app.get(
    "/v1/files/:id/content",
    handle(async ({ principal, id }) => {
      const { file, pieces } = await files.read(principal, id);
      const headers = {
        "content-type": "application/octet-stream",
        "content-disposition": `attachment; filename="${file.filename.replace(/[^\x20-\x7e]|["\\]/g, "_")}"`,
      };
      return new Response(streamOf(pieces), { headers });
    }),
  );
  app.delete(
    "/v1/files/:id",
    handle(async ({ principal, id }) => {
      await files.remove(principal, id);
      return Response.json({ id, object: "file", deleted: true });
    }),
  );
}

async function readUpload(request: Request, bytesMax: number): Promise<Upload> {
  const form = Object.fromEntries(await readForm(request, bytesMax));
  const { purpose, file, "expires_after[seconds]": lifetimeS } = readParams(uploadSchema, form);
  return {
    purpose,
    filename: nameOf(file.name),
    content: file,
    lifetimeMs: lifetimeS === undefined ? undefined : lifetimeS * 1000,
  };
}

const NAME_LENGTH_MAX = 255;

function nameOf(name: string): string {
  // eslint-disable-next-line no-control-regex -- these are what PostgreSQL and terminals should not get
  return name.replace(/[\u0000-\u001f\u007f]/g, "").slice(0, NAME_LENGTH_MAX) || "file";
}
