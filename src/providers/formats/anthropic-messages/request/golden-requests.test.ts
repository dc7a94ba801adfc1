import { describe, expect, test } from "bun:test";
import type { Extra } from "../../../contract.ts";
import { isObject } from "../../fields.ts";
import { hasRecordings, readRecordings, type Recording } from "../recordings.fixture.ts";
import { readCountRequest, readMessagesRequest } from "./request-in.ts";
import { writeMessagesRequest } from "./request-out.ts";

const recordings = readRecordings();
const isCount = ({ path }: Recording) => path.endsWith("/count_tokens");

/** The allowed differences between what was sent and what is sent again, each with its reason. */
const DIFFERENCES = {
  "a string of content is one block of text": (value: Extra): Extra =>
    Object.fromEntries(
      Object.entries(value).map(([key, each]) => {
        const isContent = (key === "content" && "role" in value) || (key === "content" && "tool_use_id" in value);
        const isText = typeof each === "string" && (isContent || key === "system");
        return [key, isText ? [{ type: "text", text: each }] : each];
      }),
    ),
  "turns of one role that follow one another are one": (value: Extra): Extra => {
    if (!Array.isArray(value["messages"])) return value;
    const turns: { role: string; content: unknown[] }[] = [];
    for (const { role, content } of value["messages"] as { role: string; content: unknown[] | string }[]) {
      const blocks = typeof content === "string" ? [{ type: "text", text: content }] : content;
      const last = turns.at(-1);
      if (last?.role === role) last.content.push(...blocks);
      else turns.push({ role, content: [...blocks] });
    }
    return { ...value, messages: turns };
  },
  "null is as good as nothing": (value: Extra): Extra =>
    Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null)),
  "five minutes are what a cache mark means when it says no time": (value: Extra): Extra =>
    value["type"] === "ephemeral" && value["ttl"] === "5m" ? { type: "ephemeral" } : value,
} satisfies Record<string, (value: Extra) => Extra>;

function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalise);
  if (!isObject(value)) return value;
  const changed = Object.values(DIFFERENCES).reduce<Extra>((each, change) => change(each), value);
  return Object.fromEntries(Object.entries(changed).map(([key, each]) => [key, normalise(each)]));
}

/** Only where all is equal but these; a count has no limit, and adaptive thinking without an effort means `high`. */
function expected({ request, ...recording }: Recording): unknown {
  const { thinking, output_config: config } = request as { thinking?: Extra; output_config?: Extra };
  const isSilent = thinking?.["type"] === "adaptive" && config?.["effort"] === undefined;
  return normalise({
    stream: false,
    ...request,
    ...(isCount({ request, ...recording }) && { max_tokens: 4096 }),
    ...(isSilent && { output_config: { ...config, effort: "high" } }),
  });
}

describe.skipIf(!hasRecordings)("recorded requests", () => {
  test(`all ${recordings.length} come out again as they went in`, () => {
    expect(recordings.length).toBe(110);
    for (const recording of recordings) {
      const read = (isCount(recording) ? readCountRequest : readMessagesRequest)(recording.request);
      const { body, dropped } = writeMessagesRequest(read, { model: read.model });
      expect({ name: recording.name, body: normalise(JSON.parse(JSON.stringify(body))), dropped }).toEqual({
        name: recording.name,
        body: expected(recording) as Extra,
        dropped: [],
      });
    }
  });
});
