// `workers` in the config tree: how many processes share the port.
import { z } from "zod";

const WORKERS_MAX = 64;

export const workersConfigSchema = z
  .number()
  .int()
  .min(1)
  .max(WORKERS_MAX)
  .default(1)
  .describe("processes that share the port and the database, as many as there are CPUs to spare; taken up at a start");
