// E-mail by SMTP, as text and as HTML.
import { sendMail } from "../../network/index.ts";
import type { ChannelOf } from "./config.ts";
import type { Channel, Delivered, Message } from "./message.ts";
import { entriesOf, moreOf, timeOf, titleOf } from "./words.ts";

export function createEmailChannel(
  config: ChannelOf<"email">,
  readPassword: () => string | undefined,
  { timeoutMs }: { timeoutMs: number },
): Channel {
  const { host, port, security, user, from, to } = config;
  return {
    isAlone: false,
    async send(message) {
      try {
        const server = { host, port, security, login: user, password: readPassword(), timeoutMs };
        const sent = await sendMail(server, { from, to, ...emailOf(message, from) });
        return { ok: true, detail: String(sent.response) };
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

/** A refusal of this very message (RFC 5321: 550 to 554) is final; all else may be mended meanwhile. */
function failureOf(error: unknown): Delivered {
  const why = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "responseCode" in error ? error.responseCode : undefined;
  const status = typeof code === "number" ? code : null;
  return { ok: false, isFinal: status !== null && status >= 550 && status <= 554, status, why };
}

export function emailOf(message: Message, from: string) {
  const title = titleOf(message);
  const domain = from.slice(from.lastIndexOf("@") + 1).replace(/[^\w.-]/g, "");
  return {
    subject: `[Binnacle] ${title}`,
    // The same over all tries, so that a mail that came twice can be told.
    messageId: `<${message.id}@${domain}>`,
    text: textOf(message, title),
    html: htmlOf(message, title),
  };
}

function textOf(message: Message, title: string): string {
  const entries = entriesOf(message).map(({ name, state, severity, sentence, description, sinceMs, untilMs }) =>
    [
      `${name}: ${state}, ${severity}`,
      `  ${sentence}`,
      `  Since ${timeOf(sinceMs)}${untilMs === null ? "" : `, until ${timeOf(untilMs)}`}.`,
      ...(description !== null && state === "firing" ? [`  ${description}`] : []),
    ].join("\n"),
  );
  return [title, ...entries, moreOf(message), message.link ?? ""].filter((part) => part !== "").join("\n\n");
}

function htmlOf(message: Message, title: string): string {
  const entries = entriesOf(message).map(({ name, state, severity, sentence, description, sinceMs, untilMs }) => {
    const until = untilMs === null ? "" : `, until ${timeOf(untilMs)}`;
    const more = description !== null && state === "firing" ? `<br><i>${escapeHtml(description)}</i>` : "";
    return `<p><b>${escapeHtml(name)}</b>: ${state}, ${severity}<br>${escapeHtml(sentence)}<br>Since ${timeOf(sinceMs)}${until}.${more}</p>`;
  });
  const more = moreOf(message);
  const link = message.link === null ? "" : `<p><a href="${escapeHtml(message.link)}">Binnacle</a></p>`;
  return `<h2>${escapeHtml(title)}</h2>${entries.join("")}${more === "" ? "" : `<p>${more}</p>`}${link}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
