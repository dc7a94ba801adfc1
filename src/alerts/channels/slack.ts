// Slack, by an incoming webhook: Block Kit, and a text for notifications. Slack says "ok", or what it does not take.
import type { Channel, Message } from "./message.ts";
import { type Post, type PostDeps, postJson } from "./post-json.ts";
import { type Entry, entriesOf, moreOf, timeOf, titleOf, worstOf } from "./words.ts";

/** Slack's bounds: of a header, and of a section's text. */
const HEADER_MAX = 150;
const SECTION_MAX = 3000;

const MARKS = {
  critical: ":red_circle:",
  warning: ":large_orange_circle:",
  info: ":information_source:",
  resolved: ":white_check_mark:",
};

export function createSlackChannel(readUrl: () => string, deps: PostDeps): Channel {
  return {
    isAlone: false,
    send: (message) => postJson({ url: readUrl(), body: JSON.stringify(slackBody(message)) } satisfies Post, deps),
  };
}

export function slackBody(message: Message) {
  const title = titleOf(message);
  const more = moreOf(message);
  const foot = [more, message.link ? `<${escapeText(message.link)}|Binnacle>` : "Binnacle", timeOf(message.atMs)];
  return {
    text: escapeText(title),
    blocks: [
      {
        type: "header",
        text: { type: "plain_text", emoji: true, text: cut(`${MARKS[worstOf(message)]} ${title}`, HEADER_MAX) },
      },
      ...entriesOf(message).map((entry) => ({
        type: "section",
        text: { type: "mrkdwn", text: cut(sectionOf(entry), SECTION_MAX) },
      })),
      {
        type: "context",
        elements: [{ type: "mrkdwn", text: foot.filter((piece) => piece !== "").join(" · ") }],
      },
    ],
  };
}

function sectionOf({ name, state, severity, sentence, description, sinceMs, untilMs }: Entry): string {
  const when = untilMs === null ? `since ${timeOf(sinceMs)}` : `from ${timeOf(sinceMs)} to ${timeOf(untilMs)}`;
  const lines = [`*${escapeText(name)}* — ${state}, ${severity}, ${when}`, escapeText(sentence)];
  if (description !== null && state === "firing") lines.push(`_${escapeText(description)}_`);
  return lines.join("\n");
}

/** The three characters that Slack's markup is made of. */
function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}
