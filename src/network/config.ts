// The `network` branch of the config tree: what requests to addresses that a user or another server named may reach.
import { z } from "zod";
import { byteSize, duration } from "../kernel/index.ts";
import { isCidr } from "./addresses.ts";

const HOST = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/;

export const networkConfigSchema = z
  .strictObject({
    allow_private: z
      .array(z.string().refine((text) => isCidr(text) || HOST.test(text), "write a host, an address or a CIDR block"))
      .max(200)
      .default([])
      .describe(
        "hosts, addresses and CIDR blocks that may be asked though they are private, loopback or otherwise not of the public internet; for addresses that a user or another server named. Those in this file need no permission",
      ),
    answer_bytes_max: byteSize()
      .default(4 * 1024 * 1024)
      .describe("the longest answer that is read from such an address, unpacked"),
    timeout: duration().default(10_000).describe("for such a request, the look-up of its host's name included"),
    lookups_max: z.number().int().min(1).default(32).describe("names of hosts that are looked up at once for such"),
  })
  .prefault({});

export type NetworkConfig = z.output<typeof networkConfigSchema>;
