// The API's documentation as one plain page, made from the OpenAPI document: no script, no outside host.
// (docs/decisions/0010-api-docs-page.md says why none of the ready-made viewers is used.)
import { html, raw } from "hono/html";
import type { OpenApiDocument } from "../openapi.ts";
import { SECURITY_HEADERS } from "./console-files.ts";

interface Operation {
  method: string;
  path: string;
  tag: string;
  summary: string;
  parameters: { name: string; in: string; required?: boolean; description?: string; schema?: unknown }[];
  request: unknown;
  response: unknown;
}

export async function renderDocsPage(document: OpenApiDocument): Promise<Response> {
  const operations = readOperations(document);
  const tags = [...new Set(operations.map((operation) => operation.tag))];
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${document.info.title}</title>
        ${raw(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <header>
          <h1>${document.info.title}</h1>
          <p>${document.info.description ?? ""}</p>
          <p>
            Send your key as <code>Authorization: Bearer bk_…</code>. The machine-readable document is
            <a href="/api/openapi.json">/api/openapi.json</a>.
          </p>
          <nav>
            ${operations.map((operation) => html`<a href="#${anchor(operation)}"><b>${operation.method}</b> ${operation.path}</a>`)}
          </nav>
        </header>
        <main>
          ${tags.map(
            (tag) =>
              html`<section>
                <h2>${tag}</h2>
                ${operations.filter((operation) => operation.tag === tag).map(renderOperation)}
              </section>`,
          )}
        </main>
      </body>
    </html>`;
  const headers = {
    ...SECURITY_HEADERS,
    "content-security-policy": `default-src 'none'; style-src '${styleHash()}'; frame-ancestors 'none'`,
  };
  return new Response(String(await page), { headers: { ...headers, "content-type": "text/html; charset=utf-8" } });
}

function renderOperation(operation: Operation) {
  return html`<article id="${anchor(operation)}">
    <h3><b>${operation.method}</b> ${operation.path}</h3>
    <p>${operation.summary}</p>
    ${
      operation.parameters.length === 0
        ? ""
        : html`<table>
            <tr>
              <th>parameter</th>
              <th>in</th>
              <th>type</th>
              <th>meaning</th>
            </tr>
            ${operation.parameters.map(renderParameter)}
          </table>`
    }
    <pre>
curl ${operation.method === "GET" ? "" : `-X ${operation.method} `}$BINNACLE_URL/api/v1${operation.path} -H "Authorization: Bearer $BINNACLE_KEY"</pre>
    ${renderSchema("Request body", operation.request)}${renderSchema("Answer", operation.response)}
  </article>`;
}

function renderParameter({ name, in: place, required, description, schema }: Operation["parameters"][number]) {
  return html`<tr>
    <td><code>${name}</code>${required ? " *" : ""}</td>
    <td>${place}</td>
    <td><code>${typeName(schema)}</code></td>
    <td>${description ?? ""}</td>
  </tr>`;
}

function renderSchema(title: string, schema: unknown) {
  return schema === undefined
    ? ""
    : html`<details>
        <summary>${title}</summary>
        <pre>${JSON.stringify(schema, null, 2)}</pre>
      </details>`;
}

function readOperations(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item ?? {}).map(([method, value]) => {
      const operation = value as {
        tags?: string[];
        summary?: string;
        parameters?: Operation["parameters"];
        requestBody?: { content?: Content };
        responses?: Record<string, { content?: Content }>;
      };
      const answer = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith("2"))?.[1];
      return {
        method: method.toUpperCase(),
        path,
        tag: operation.tags?.[0] ?? "Other",
        summary: operation.summary ?? "",
        parameters: operation.parameters ?? [],
        request: schemaOf(operation.requestBody?.content),
        response: schemaOf(answer?.content),
      };
    }),
  );
}

type Content = Record<string, { schema?: unknown }>;

function schemaOf(content: Content | undefined): unknown {
  return content && Object.values(content)[0]?.schema;
}

function typeName(schema: unknown): string {
  const { type, enum: choices } = (schema ?? {}) as { type?: string; enum?: unknown[] };
  return choices ? choices.join(" | ") : (type ?? "any");
}

function anchor(operation: Operation): string {
  return `${operation.method}${operation.path}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

function styleHash(): string {
  return `sha256-${new Bun.CryptoHasher("sha256").update(STYLE).digest("base64")}`;
}

const STYLE = `:root{color-scheme:light dark;--line:#8884}body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.5rem}h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}h3{font:600 1rem/1.4 ui-monospace,monospace;margin-top:2rem;overflow-wrap:anywhere}
nav{display:grid;gap:.2rem;font-family:ui-monospace,monospace;font-size:.85rem}nav b,h3 b{display:inline-block;min-width:4rem}a{color:inherit}
pre{background:#8881;padding:.7rem;overflow:auto;border-radius:4px;font-size:.8rem}table{border-collapse:collapse;width:100%;font-size:.85rem}
th,td{text-align:left;padding:.3rem .5rem;border-bottom:1px solid var(--line);vertical-align:top}summary{cursor:pointer;padding:.3rem 0}`;
