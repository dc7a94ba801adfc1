import { describe, expect, test } from "bun:test";
import type { Extra } from "../../../contract.ts";
import { hasRecordings, normalise, readRecordings } from "../recordings.fixture.ts";
import { readResponsesRequest } from "./request-in.ts";
import { writeResponsesRequest } from "./request-out.ts";

const recordings = readRecordings();

const isStored = ({ previous_response_id: before, conversation }: Extra): boolean =>
  (before ?? conversation ?? null) !== null;

/** The allowed differences between what was sent and what is sent again, each with its reason. */
const DIFFERENCES = {
  "null is as good as nothing": (value: Extra): Extra =>
    Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null)),
  "no annotations are an empty list of them": ({ annotations = [], ...value }: Extra): Extra =>
    Array.isArray(annotations) && annotations.length > 0 ? { ...value, annotations } : value,
  "a text as input is a message of the user": (value: Extra): Extra =>
    "model" in value && typeof value["input"] === "string"
      ? { ...value, input: [{ role: "user", content: value["input"] }] }
      : value,
  "instructions are the system's message that stands first": (value: Extra): Extra => {
    const { instructions, input = [], ...rest } = value;
    if (!("model" in value) || isStored(value)) return value;
    const said = instructions === undefined ? [] : [{ role: "system", content: instructions }];
    return { ...rest, input: [...said, ...(input as Extra[])] };
  },
  "no stream is the usual": (value: Extra): Extra =>
    "model" in value && "input" in value ? { stream: false, ...value } : value,
  "no item without a type is anything but a message": (value: Extra): Extra =>
    "role" in value ? { type: "message", ...value } : value,
  "content that is a string is one text": (value: Extra): Extra =>
    typeof value["content"] === "string" && "role" in value
      ? {
          ...value,
          content: [{ type: value["role"] === "assistant" ? "output_text" : "input_text", text: value["content"] }],
        }
      : value,
} satisfies Record<string, (value: Extra) => Extra>;

describe.skipIf(!hasRecordings)("recorded requests", () => {
  test(`all ${recordings.length} come out again as they went in`, () => {
    expect(recordings.length).toBe(145);
    for (const { name, request } of recordings) {
      const read = readResponsesRequest(request);
      const { body, dropped } = writeResponsesRequest(read, { model: read.model });
      expect({ name, body: normalise(JSON.parse(JSON.stringify(body)), DIFFERENCES), dropped }).toEqual({
        name,
        body: normalise(request, DIFFERENCES),
        dropped: [],
      });
    }
  });
});
