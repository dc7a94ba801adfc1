// Calls whose texts try what texts can try with whoever looks at them: to run, to ask other hosts, to mislead, to be too much.
import type { House } from "./house/house.ts";

/** What a script of theirs would put in the title. */
export const RAN = "it ran";

const RUN = `document.title='${RAN}'`;

export const SCRIPTS = [
  `<script>${RUN}</script>`,
  `<img src=x onerror="${RUN}">`,
  `<svg onload="${RUN}"><animate onbegin="${RUN}" attributeName=x dur=1s>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<a href="javascript:${RUN}">click</a> [click](javascript:${RUN})`,
  `</textarea></title></style></script><script>${RUN}</script>`,
  `<math><mtext><table><mglyph><style><img src onerror="${RUN}">`,
].join("\n");

export const PICTURES = [
  "![diagram](https://pictures.example/in-markdown.png)",
  '<img src="https://pictures.example/in-html.png">',
  "![p][1]\n\n[1]: https://pictures.example/by-reference.png",
  '<link rel="stylesheet" href="https://pictures.example/style.css">',
  '<p style="background: url(https://pictures.example/in-style.png)">',
  '<meta http-equiv="refresh" content="0; url=https://pictures.example/">',
  "https://pictures.example/bare-link.png",
].join("\n");

export const MISLEADING = [
  "\u001B[2J\u001B[31mred\u001B[0m \u001B]0;a title\u0007 \u001B]8;;https://pictures.example\u001B\\link\u001B]8;;\u001B\\",
  "\u202Eyrome\u202C \u2066isolated\u2069 عربي עברית",
  "zero\u200Bwidth \uFEFF bell\u0007 back\u0008space nul\u2400",
  `${"Z\u0351\u036B\u0343\u036A".repeat(300)}`,
].join("\n");

/** One text of so many bytes without a single place to break a line. */
export const longText = (bytes: number): string => "m".repeat(bytes);

export const deepJson = (depth: number): string => `${"[".repeat(depth)}1${"]".repeat(depth)}`;

/** Resolves with the call's id. Whether the call is answered or refused is the same to whoever looks at it. */
export async function makeHostileCall(app: House, texts: readonly string[]): Promise<string> {
  const messages = texts.map((content) => ({ role: "user", content }));
  return callIdOf(await app.chat({ model: "sim/sim-small", messages }));
}

/** An assistant that has called a tool with these arguments, word for word. */
export async function makeToolCall(app: House, text: string): Promise<string> {
  const call = { id: "call_1", type: "function", function: { name: SCRIPTS.slice(0, 60), arguments: text } };
  const messages = [
    { role: "user", content: "Call it." },
    { role: "assistant", content: null, tool_calls: [call] },
    { role: "tool", tool_call_id: "call_1", content: text },
  ];
  return callIdOf(await app.chat({ model: "sim/sim-small", messages }));
}

/** Names that are texts by themselves: of a tool, of the one who speaks, of a field of the request. */
export async function makeNamedCall(app: House, text: string): Promise<string> {
  const call = { id: "call_1", type: "function", function: { name: text, arguments: `{${JSON.stringify(text)}:1}` } };
  const messages = [
    { role: "user", content: "Call it." },
    { role: "assistant", content: null, tool_calls: [call] },
    { role: "tool", tool_call_id: "call_1", content: "" },
  ];
  return callIdOf(await app.chat({ model: "sim/sim-instant", messages, [text]: 1 }));
}

/** A body whose text is not UTF-8, so many times over. */
export async function makeBrokenCall(app: House, times = 1): Promise<string> {
  const [before, after] = ['{"model":"sim/sim-small","messages":[{"role":"user","content":"', '"}]}'];
  const broken = Buffer.from([0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0x20]);
  const body = Buffer.concat([Buffer.from(before), ...Array.from({ length: times }, () => broken), Buffer.from(after)]);
  const headers = { "content-type": "application/json", authorization: `Bearer ${app.key}` };
  return callIdOf(await fetch(`${app.url}/v1/chat/completions`, { method: "POST", headers, body }));
}

async function callIdOf(response: Response): Promise<string> {
  await response.arrayBuffer();
  const id = response.headers.get("x-binnacle-call-id");
  if (id === null) throw new Error(`no call came of it: ${response.status}`);
  return id;
}
