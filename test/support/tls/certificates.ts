// Certificates for tests, by openssl: authorities, servers, clients; expired ones, too.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const hasOpenssl = Bun.which("openssl") !== null;

export interface Pair {
  cert: string;
  key: string;
}

export interface Certificates {
  folder: string;
  path(file: string): string;
  authority(name: string): void;
  /** Signed by an authority; `days` may be negative for one that is over. */
  leaf(name: string, options: { by: string; alternativeNames?: string; days?: number }): Pair;
  close(): void;
}

const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

export function createCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), "binnacle-certificates-"));
  const path = (file: string): string => join(folder, file);
  const openssl = (...said: string[]): void => void execFileSync("openssl", said, { stdio: "pipe" });
  return {
    folder,
    path,
    authority(name) {
      const out = ["-keyout", path(`${name}.key`), "-out", path(`${name}.pem`)];
      openssl("req", "-x509", ...NEW_KEY, ...out, "-days", "3", "-subj", `/CN=${name}`);
    },
    leaf(name, { by, alternativeNames, days = 2 }) {
      openssl("req", ...NEW_KEY, "-keyout", path(`${name}.key`), "-out", path(`${name}.csr`), "-subj", `/CN=${name}`);
      writeFileSync(path(`${name}.ext`), alternativeNames === undefined ? "" : `subjectAltName=${alternativeNames}\n`);
      const signer = ["-CA", path(`${by}.pem`), "-CAkey", path(`${by}.key`), "-CAcreateserial"];
      const files = ["-in", path(`${name}.csr`), "-out", path(`${name}.pem`), "-extfile", path(`${name}.ext`)];
      openssl("x509", "-req", ...files, ...signer, "-days", String(days));
      return { cert: readFileSync(path(`${name}.pem`), "utf8"), key: readFileSync(path(`${name}.key`), "utf8") };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
