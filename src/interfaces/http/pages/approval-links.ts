// Links of messages about approvals. Looking shows a page and changes nothing, whoever looks: programs that scan mail follow
// links, too. Only the page's own form decides.
import type { Context, Hono } from "hono";
import { html } from "hono/html";
import type { Approvals } from "../../../approvals/index.ts";
import type { Approval } from "../../../approvals/contract.ts";
import { toAppError } from "../../../kernel/index.ts";
import { readBody } from "../read-body.ts";

const PATH = "/approvals/links/:token";
const FORM_BYTES_MAX = 64 * 1024;
const NOTE_LENGTH_MAX = 4000;

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex",
};

export function addApprovalLinks(app: Hono, { links }: Pick<Approvals, "links">): void {
  app.get(PATH, (context) =>
    answer(async () => {
      const { approval, person } = await links.look(context.req.param("token"));
      return formOf(approval, person.name);
    }),
  );
  app.post(PATH, (context) =>
    answer(async () => {
      const decision = await readDecision(context);
      if (!decision) return said("Nothing was decided", "Use the buttons of the page that the link opens.");
      const { row } = await links.decide(context.req.param("token"), decision);
      const voice = decision.decision === "approve" ? "You have approved" : "You have refused";
      return said(
        `${voice}: ${row.what}`,
        row.state === "pending" ? "Others must approve it, too." : `It is ${row.state}.`,
      );
    }),
  );
}

type Page = ReturnType<typeof html>;

async function answer(make: () => Promise<Page>): Promise<Response> {
  try {
    return new Response(String(await pageOf(await make())), { headers: HEADERS });
  } catch (thrown) {
    const error = toAppError(thrown);
    const page = await pageOf(said(error.message, error.fix));
    return new Response(String(page), { status: error.status, headers: HEADERS });
  }
}

/** Undefined for what another page sent, or says neither. */
async function readDecision(context: Context): Promise<{ decision: "approve" | "refuse"; note: string } | undefined> {
  const site = context.req.header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin" && site !== "none") return undefined;
  const form = new URLSearchParams(await readBody(context.req.raw, FORM_BYTES_MAX));
  const decision = form.get("decision");
  if (decision !== "approve" && decision !== "refuse") return undefined;
  return { decision, note: (form.get("note") ?? "").slice(0, NOTE_LENGTH_MAX) };
}

function formOf({ what, why, asked_by, deadline_ms, on_silence, action, resource }: Approval, name: string): Page {
  return html`<h1>${what}</h1>
    <p>${why}</p>
    <p>${action}, ${resource.type} ${resource.id}. Asked by ${asked_by.name}.</p>
    <p>
      Until ${new Date(deadline_ms).toISOString()}; on silence it is ${on_silence === "allow" ? "allowed" : "refused"}.
    </p>
    <form method="post">
      <label>Note <input name="note" maxlength="${NOTE_LENGTH_MAX}" /></label>
      <button name="decision" value="approve">Approve</button>
      <button name="decision" value="refuse">Refuse</button>
    </form>
    <p>You decide as ${name}. This works once.</p>`;
}

function said(title: string, more: string): Page {
  return html`<h1>${title}</h1>
    <p>${more}</p>`;
}

function pageOf(content: Page): Page {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Binnacle: approval</title>
        <style>
          body {
            font:
              16px/1.5 system-ui,
              sans-serif;
            max-width: 40em;
            margin: 3em auto;
            padding: 0 1em;
          }
          button {
            font: inherit;
            padding: 0.4em 1.2em;
          }
        </style>
      </head>
      <body>
        ${content}
      </body>
    </html>`;
}
