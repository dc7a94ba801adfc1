// How calls wait when this process serves as many as it may: part of the `gateway` branch of the config.
import { z } from "zod";
import { duration } from "../../kernel/index.ts";

export const queueFields = {
  calls_in_flight_max: z.number().int().min(1).default(4096).describe("calls served at once by this process"),
  queue_max: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .default(1024)
    .describe("calls that may wait for a place beyond that; 0: none, they are refused at once"),
  queue_timeout: duration().default(10_000).describe("a call that has waited for so long is refused"),
};
