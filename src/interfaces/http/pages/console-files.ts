// Serves the built console from memory: the files are few, hashed by name and compressed ahead.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const MEDIA_TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  ico: "image/x-icon",
  json: "application/json",
  woff2: "font/woff2",
};

/** Nothing from elsewhere, nothing inline, no framing: a prompt that holds HTML stays text. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

export const SECURITY_HEADERS = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
};

interface ConsoleFile {
  body: Buffer;
  brotli: Buffer | undefined;
  gzip: Buffer | undefined;
  headers: Record<string, string>;
}

/** Answers GET requests for the console's files; undefined for any other path. */
export function createConsoleFiles(folder: string): (request: Request, path: string) => Response | undefined {
  const files = readFiles(folder);
  return (request, path) => {
    const file = files.get(path === "/" ? "/index.html" : path);
    if (!file) return undefined;
    const accepted = request.headers.get("accept-encoding") ?? "";
    if (file.brotli && accepted.includes("br")) return send(file, file.brotli, "br");
    if (file.gzip && accepted.includes("gzip")) return send(file, file.gzip, "gzip");
    return send(file, file.body);
  };
}

function send(file: ConsoleFile, body: Buffer, encoding?: string): Response {
  return new Response(new Uint8Array(body), {
    headers: encoding ? { ...file.headers, "content-encoding": encoding } : file.headers,
  });
}

function readFiles(folder: string): Map<string, ConsoleFile> {
  const files = new Map<string, ConsoleFile>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const mediaType = MEDIA_TYPES[entry.name.split(".").at(-1) ?? ""];
    if (!entry.isFile() || mediaType === undefined) continue;
    files.set(`/${relative(folder, path).replaceAll("\\", "/")}`, {
      body: readFileSync(path),
      brotli: readIfThere(`${path}.br`),
      gzip: readIfThere(`${path}.gz`),
      headers: {
        ...SECURITY_HEADERS,
        "content-type": mediaType,
        vary: "accept-encoding",
        "cache-control": entry.name.endsWith(".html") ? "no-cache" : "public, max-age=31536000, immutable",
      },
    });
  }
  return files;
}

function readIfThere(path: string): Buffer | undefined {
  return existsSync(path) ? readFileSync(path) : undefined;
}
