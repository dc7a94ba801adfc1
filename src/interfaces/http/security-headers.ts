// What every answer tells browsers: to take it for what it says it is, to run nothing that is in it, and to frame it nowhere. The
// console's pages say more of themselves; answers of models say it where they are made, off this path.
import type { MiddlewareHandler } from "hono";
import type { TlsConfig } from "../tls/config.ts";

const HEADERS = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
} as const;

export const addSecurityHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.res;
  for (const [name, value] of Object.entries(HEADERS)) if (!headers.has(name)) headers.set(name, value);
};

/** Of answers through the TLS listener. */
export function transportHeaders(tls: TlsConfig | null): Record<string, string> {
  const seconds = Math.floor((tls?.hsts_max_age ?? 0) / 1000);
  return seconds > 0 ? { "strict-transport-security": `max-age=${seconds}` } : {};
}
