// The `interfaces` branch of the config tree: where the server listens and what it takes in.
import { z } from "zod";
import { tlsConfigSchema } from "./tls/config.ts";
import { byteSize, duration } from "../kernel/index.ts";
import { isCidr } from "../network/index.ts";

export const interfacesConfigSchema = z
  .strictObject({
    host: z.string().default("127.0.0.1").describe("address to listen on; 0.0.0.0 for all"),
    port: z.number().int().min(0).max(65535).default(4100).describe("0 takes any free port; BINNACLE_PORT sets it too"),
    otlp_grpc_port: z
      .number()
      .int()
      .min(0)
      .max(65535)
      .nullable()
      .default(null)
      .describe("takes OpenTelemetry by gRPC on this port, usually 4317; null for none. By HTTP it comes in on `port`"),
    trusted_proxies: z
      .array(z.string().refine(isCidr, "write an address or a CIDR block, like 10.0.0.0/8"))
      .max(1000)
      .default([])
      .describe("addresses of proxies whose x-forwarded-for is believed, for limits of ip; a caller's own is not"),
    tls: tlsConfigSchema.nullable().default(null).describe("a listener that speaks TLS, beside `port`; null for none"),
    certificate_proxies: z
      .array(z.string().refine(isCidr, "write an address or a CIDR block, like 10.0.0.0/8"))
      .max(1000)
      .default([])
      .describe(
        "addresses of proxies that verify client certificates, and whose x-forwarded-client-cert is believed; nobody else's is",
      ),
    body_bytes_max: byteSize()
      .default(32 * 1024 * 1024)
      .describe("the longest request body"),
    import_bytes_max: byteSize()
      .default(4 * 1024 * 1024 * 1024)
      .describe("the longest file of records that is taken in"),
    idle_timeout: duration()
      .default(120_000)
      .describe("a connection without traffic is closed after this; calls in flight are exempt"),
    shutdown_grace: duration().default(10_000).describe("how long calls in flight may go on after a request to stop"),
    live_listeners_max: z
      .number()
      .int()
      .min(1)
      .default(100)
      .describe("consoles and terminals that watch calls live at once"),
  })
  .prefault({});

export type InterfacesConfig = z.output<typeof interfacesConfigSchema>;
