// One message to one recipient: Slack, a webhook or e-mail. Throws where it did not arrive.
import { createCancellation, resolveSecret, type SecretSources, type World } from "../../kernel/index.ts";
import { sendMail } from "../../network/index.ts";
import type { RecipientConfig } from "../config.ts";
import type { NoticeAbout } from "../store/links.ts";
import type { Row } from "../store/requests.ts";

export interface Told {
  row: Row;
  about: NoticeAbout;
  /** Null where the recipient gets none. */
  link: string | null;
}

export type Send = (recipient: RecipientConfig, told: Told) => Promise<void>;

interface SendDeps {
  world: Pick<World, "fetch">;
  secrets: SecretSources;
  timeoutMs: number;
}

/** Slack's bound of a section's text. */
const SECTION_MAX = 3000;

export function createSend(deps: SendDeps): Send {
  return async (recipient, told) => {
    if (recipient.kind === "email") return mail(recipient, told, deps);
    const body = recipient.kind === "slack" ? slackBody(told) : webhookBody(told);
    await post(resolveSecret(recipient.url, deps.secrets), JSON.stringify(body), deps);
  };
}

export function linesOf({ row, about, link }: Told): string[] {
  return [
    `${about === "escalated" ? "Nobody has decided yet: " : ""}${row.what}`,
    ...(row.why === "" ? [] : [row.why]),
    `Asked by ${row.asked_by.name}, until ${new Date(row.deadline_ms).toISOString()}; on silence it is ${row.on_silence === "allow" ? "allowed" : "refused"}.`,
    link ?? `binnacle approvals show ${row.id}`,
  ];
}

export function slackBody(told: Told) {
  const [what = "", ...rest] = linesOf(told).map(escapeText);
  const text = [`*${what}*`, ...rest].join("\n").slice(0, SECTION_MAX);
  return { text: what, blocks: [{ type: "section", text: { type: "mrkdwn", text } }] };
}

/** The characters that Slack's markup is made of. */
function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function webhookBody({ row, about, link }: Told) {
  const { id, what, why, action, resource, asked_by, deadline_ms, on_silence } = row;
  return { about, id, what, why, action, resource, asked_by, deadline_ms, on_silence, link };
}

async function post(url: string, body: string, { world, timeoutMs }: SendDeps): Promise<void> {
  const cancellation = createCancellation();
  const timer = setTimeout(() => cancellation.cancel(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    const answer = await world.fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "Binnacle" },
      body,
      redirect: "manual",
      cancellation,
      connectTimeoutMs: timeoutMs,
    });
    await answer.body?.getReader().cancel();
    if (answer.status < 200 || answer.status >= 300) throw new Error(`it was answered with ${answer.status}`);
  } finally {
    clearTimeout(timer);
  }
}

type EmailRecipient = Extract<RecipientConfig, { kind: "email" }>;

async function mail(recipient: EmailRecipient, told: Told, { secrets, timeoutMs }: SendDeps): Promise<void> {
  const { host, port, security, login, password: reference, from, to } = recipient;
  const password = reference === undefined ? undefined : resolveSecret(reference, secrets);
  const subject = `[Binnacle] ${told.row.what}`.replaceAll(/\s+/g, " ");
  const text = linesOf(told).join("\n\n");
  await sendMail({ host, port, security, login, password, timeoutMs }, { from, to, subject, text });
}
