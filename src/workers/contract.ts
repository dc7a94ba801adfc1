// What the state of an installation says of its processes.
import { z } from "zod";

export const workerSchema = z.object({
  number: z.int().describe("1 is the process that was started; it has the data folder and the database"),
  pid: z.int().nullable().describe("null while it is not running"),
  state: z.enum(["starting", "ready", "down", "stopping"]).describe("down: it has ended, and will be started again"),
  role: z
    .enum(["worker", "aide"])
    .describe("an aide has no port: it takes work off the workers that would hold calls up, at a lower priority"),
  restarts: z.int().describe("how often it has ended by itself since the start, and was started again"),
});
export type Worker = z.infer<typeof workerSchema>;
