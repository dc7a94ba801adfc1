// What `npm start` prints once the program is ready: where it is, where the key is, and a first call to copy.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type { Started } from "./app.ts";

export function describeStart({ url, tlsPort, adminKey, status }: Started, { cwd }: { cwd: string }): string {
  const path = shortest(adminKey.path, cwd);
  const vendors = status.vendors.map((vendor) => `${vendor.name} (${vendor.found_by})`).join(", ");
  const key = adminKey.isNew
    ? `${readFileSync(adminKey.path, "utf8").trim()}\n            shown this once, kept in ${path}`
    : `in ${path}`;
  return `Binnacle is ready: ${url}

  Console   ${url}/ (sign in with the key)
  Key       ${key}
  Database  PostgreSQL ${status.database.version ?? ""}, ${status.database.kind}, ${status.database.address}
  Vendors   ${vendors}${tlsPort === null ? "" : `\n  TLS       on port ${tlsPort}`}${status.workers.length > 1 ? `\n  Workers   ${status.workers.length} on this port` : ""}

Try it:
  curl -N ${url}/v1/chat/completions \\
    -H "Authorization: Bearer $(cat ${path})" -H "content-type: application/json" \\
    -d '{"model":"sim/sim-small","stream":true,"messages":[{"role":"user","content":"What is a binnacle?"}]}'
  bin/binnacle calls tail

`;
}

function shortest(path: string, cwd: string): string {
  const fromHere = relative(cwd, path);
  return fromHere.length < path.length && !fromHere.startsWith("../..") ? fromHere : path;
}
