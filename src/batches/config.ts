// The `batches` branch of the config tree: how much may be kept, and how gently batches are carried out.
import { z } from "zod";
import { byteSize, duration } from "../kernel/index.ts";

const MIB = 1024 * 1024;
const DAY_MS = 86_400_000;

const count = (max: number) => z.number().int().min(1).max(max);

export const batchesConfigSchema = z
  .strictObject({
    file_bytes_max: byteSize()
      .default(100 * MIB)
      .describe("the longest file that may be uploaded"),
    files_per_owner_max: count(100_000).default(1000).describe("files that a project, or a key without one, may keep"),
    bytes_per_owner_max: byteSize()
      .default(4096 * MIB)
      .describe("what these files may take together; results are always kept"),
    uploads_at_once_max: count(100).default(4).describe("uploads that this process takes in at once"),
    requests_max: count(1_000_000).default(50_000).describe("requests in one batch"),
    request_bytes_max: byteSize()
      .default(16 * MIB)
      .describe("the longest single request in a batch"),
    open_batches_per_owner_max: count(10_000)
      .default(100)
      .describe("batches of a project, or of a key without one, that have not come to their end"),
    concurrency: count(1000).default(4).describe("requests of batches that this process has in flight at once"),
    busy_share: z
      .number()
      .min(0.001)
      .max(1)
      .default(0.5)
      .describe(
        "share of gateway.calls_in_flight_max at which batches stand still for other callers; they slow down before",
      ),
    service_tier: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe("tier that chats ask their vendor for when they name none: `flex` costs half at OpenAI and Google"),
    window: duration().default(DAY_MS).describe("how long a batch may take before what is left of it expires"),
    tries_max: count(100).default(5).describe("how often a request that a vendor fails is carried out"),
    retry_wait: duration().default(5000).describe("wait before the second of these tries; doubles with each"),
    retry_wait_max: duration().default(300_000).describe("the longest wait between these tries"),
    lease: duration()
      .default(60_000)
      .describe("how long after its last sign of life a process's requests are carried out by another"),
    poll_interval: duration().default(1000).describe("how often a process looks for work that another one left it"),
    shutdown_grace: duration().default(5000).describe("how long requests in flight may go on after a request to stop"),
    retention: duration()
      .default(30 * DAY_MS)
      .describe("how long files, and batches that have ended, are kept"),
  })
  .prefault({});

export type BatchesConfig = z.output<typeof batchesConfigSchema>;
