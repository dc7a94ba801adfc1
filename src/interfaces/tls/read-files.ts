// The files of the TLS listener, and whether they are others than before.
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { interfacesErrors } from "../errors.ts";
import type { TlsConfig } from "./config.ts";

export interface TlsFiles {
  cert: string;
  key: string;
  ca: string | undefined;
}

/** Throws `interfaces.tls_file` for what cannot be read, or does not belong together: one may be written before the other. */
export function readTlsFiles({ cert, key, client_ca }: Pick<TlsConfig, "cert" | "key" | "client_ca">): TlsFiles {
  const files = { cert: read(cert), key: read(key), ca: client_ca === undefined ? undefined : read(client_ca) };
  // Looked at before a listener takes them: what it fails over stays in the TLS library and fails somebody else.
  const certificate = parse(cert, () => new X509Certificate(files.cert));
  const privateKey = parse(key, () => createPrivateKey(files.key));
  if (!certificate.checkPrivateKey(privateKey))
    throw interfacesErrors.tls_file({ path: key, why: `it is not the key of ${cert}` });
  const { ca } = files;
  if (ca !== undefined) parse(client_ca ?? "", () => new X509Certificate(ca));
  return files;
}

function parse<T>(path: string, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw interfacesErrors.tls_file({ path, why: "it is not in PEM, or holds something else" }, cause);
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw interfacesErrors.tls_file({ path, why: cause instanceof Error ? cause.message : String(cause) }, cause);
  }
}

export function areSame(one: TlsFiles, other: TlsFiles): boolean {
  return one.cert === other.cert && one.key === other.key && one.ca === other.ca;
}
