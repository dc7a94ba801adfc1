// The `interfaces.tls` branch: a listener beside the plain one that speaks TLS, and asks for client certificates where it is to.
import { z } from "zod";
import { duration } from "../../kernel/index.ts";

const file = z.string().min(1).describe("a file in PEM; read again when it changes");

export const tlsConfigSchema = z.strictObject({
  host: z.string().default("127.0.0.1").describe("address to listen on; 0.0.0.0 for all"),
  port: z.number().int().min(0).max(65535).default(4143).describe("0 takes any free port"),
  cert: file.describe("the certificate and those between it and its authority, in PEM; read again when it changes"),
  key: file.describe("its private key, in PEM, readable by this program alone; read again when it changes"),
  client_ca: file
    .optional()
    .describe(
      "authorities whose client certificates are trusted, in PEM; left out, no client certificate is asked for",
    ),
  client_certificates: z
    .enum(["optional", "required"])
    .default("optional")
    .describe("required: no connection without one; optional: whoever has none comes with a key or a token"),
  min_version: z.enum(["1.2", "1.3"]).default("1.2").describe("of TLS"),
  connections_max: z.number().int().min(1).default(10_000).describe("open connections; beyond it new ones are closed"),
  handshake_timeout: duration().default(10_000).describe("how long a handshake may take"),
  hsts_max_age: duration()
    .default(0)
    .describe("tells browsers for how long to use TLS alone for this host, on all its ports; 0 tells them nothing"),
  reload_interval: duration()
    .default(5000)
    .refine((ms) => ms >= 20, "at least 20ms")
    .describe("how often it is looked whether the files have changed; connections stay as they began"),
});
export type TlsConfig = z.output<typeof tlsConfigSchema>;
