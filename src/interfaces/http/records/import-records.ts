// POST /api/v1/records/import: a file that was exported, streamed in. Parquet is read in places, so it goes to a file of its own first.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { exportFormatNames, type ImportSource } from "../../../ledger/index.ts";
import { interfacesErrors } from "../../errors.ts";
import { actorOf } from "../audit/audited.ts";
import { identify } from "../credential.ts";
import { errorResponse } from "../model-api/respond.ts";
import type { ExportDeps } from "./export-records.ts";

const formatSchema = z.enum(exportFormatNames);

export async function serveImport(request: Request, deps: ExportDeps & { bytesMax: number }): Promise<Response> {
  const { ledger, world, audit, bytesMax } = deps;
  try {
    const importer = await identify(deps, request);
    deps.governance.require(importer, "admin");
    const format = formatSchema.safeParse(new URL(request.url).searchParams.get("format") ?? "ndjson");
    if (!format.success) throw interfacesErrors.bad_query({ why: "format: there is none of this name" });
    await audit.note({
      action: "records.import",
      actor: actorOf(importer),
      resource: { type: "records", id: format.data },
      outcome: "ok",
    });
    const chunks = bounded(request.body, bytesMax);
    if (format.data !== "parquet") return Response.json(await ledger.import(format.data, streamOnly(chunks)));
    return Response.json(await inFile(chunks, (source) => ledger.import(format.data, source)));
  } catch (error) {
    return errorResponse(error, world);
  }
}

/** Throws `interfaces.body_too_large`. */
async function* bounded(body: Request["body"], bytesMax: number): AsyncIterable<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw interfacesErrors.body_too_large({ max: bytesMax });
    yield chunk;
  }
}

function streamOnly(chunks: AsyncIterable<Uint8Array>): ImportSource {
  return {
    size: 0,
    stream: () => chunks,
    slice: () => Promise.reject(new Error("only files can be read in places")),
  };
}

async function inFile<T>(chunks: AsyncIterable<Uint8Array>, read: (source: ImportSource) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "binnacle-import-"));
  try {
    const path = join(folder, "records");
    const writer = Bun.file(path).writer();
    for await (const chunk of chunks) {
      writer.write(chunk);
      await writer.flush();
    }
    await writer.end();
    const file = Bun.file(path);
    return await read({
      size: file.size,
      stream: () => file.stream(),
      slice: (start, end) => file.slice(start, end).arrayBuffer(),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
