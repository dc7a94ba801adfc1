import { expect, test } from "bun:test";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const hasOpenssl = Bun.which("openssl") !== null;

test.skipIf(!hasOpenssl)("a pinned server must prove the name that was asked, not its address", async () => {
  const folder = mkdtempSync(join(tmpdir(), "binnacle-pinned-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=inside.test", "-addext", "subjectAltName=DNS:inside.test"];
  const made = [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    key,
    "-out",
    cert,
    "-days",
    "2",
    ...subject,
  ];
  execFileSync("openssl", made, { stdio: "ignore" });
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    tls: { key: readFileSync(key), cert: readFileSync(cert) },
    fetch: () => new Response("proven"),
  });
  const ask = async (name: string): Promise<string> => {
    const child = Bun.spawn(
      [process.execPath, join(import.meta.dir, "fetch-pinned.fixture.ts"), `https://${name}:${server.port}/`],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: cert }, stdout: "pipe", stderr: "inherit" },
    );
    return new Response(child.stdout).text();
  };
  expect(await ask("inside.test")).toBe("proven");
  expect(await ask("other.test")).toContain("refused: ");
  await server.stop(true);
  rmSync(folder, { recursive: true });
});
