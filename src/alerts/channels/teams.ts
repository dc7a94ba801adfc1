// Microsoft Teams, by a workflow's webhook: an Adaptive Card in a message. It says 202.
import type { Channel, Message } from "./message.ts";
import { type PostDeps, postJson } from "./post-json.ts";
import { entriesOf, moreOf, timeOf, titleOf, worstOf } from "./words.ts";

const COLOURS = { critical: "Attention", warning: "Warning", info: "Accent", resolved: "Good" };

export function createTeamsChannel(readUrl: () => string, deps: PostDeps): Channel {
  return {
    isAlone: false,
    send: (message) => postJson({ url: readUrl(), body: JSON.stringify(teamsBody(message)) }, deps),
  };
}

export function teamsBody(message: Message) {
  return {
    type: "message",
    attachments: [
      { contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content: cardOf(message) },
    ],
  };
}

function cardOf(message: Message) {
  const more = moreOf(message);
  return {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body: [
      {
        type: "TextBlock",
        size: "Large",
        weight: "Bolder",
        wrap: true,
        color: COLOURS[worstOf(message)],
        text: plain(titleOf(message)),
      },
      ...entriesOf(message).flatMap(({ name, state, severity, sentence, description, sinceMs, untilMs }) => [
        { type: "TextBlock", weight: "Bolder", wrap: true, separator: true, text: plain(name) },
        { type: "TextBlock", wrap: true, text: plain(sentence) },
        ...(description !== null && state === "firing"
          ? [{ type: "TextBlock", wrap: true, isSubtle: true, text: plain(description) }]
          : []),
        {
          type: "FactSet",
          facts: [
            { title: "State", value: state },
            { title: "Severity", value: severity },
            { title: "Since", value: timeOf(sinceMs) },
            ...(untilMs === null ? [] : [{ title: "Until", value: timeOf(untilMs) }]),
          ],
        },
      ]),
      ...(more === "" ? [] : [{ type: "TextBlock", wrap: true, isSubtle: true, text: more }]),
    ],
    ...(message.link !== null && { actions: [{ type: "Action.OpenUrl", title: "Open Binnacle", url: message.link }] }),
  };
}

/** Text blocks read a part of Markdown. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]()#~>]/g, String.raw`\$&`);
}
