import { describe, expect, test } from "bun:test";
import type { Extra } from "../../../contract.ts";
import { isObject } from "../../fields.ts";
import { camelKeys } from "../camel-keys.ts";
import { gemini } from "../index.ts";
import { hasRecordings, readRecordings } from "../recordings.fixture.ts";
import { schemaFromOpenApi } from "../schema.ts";

const recordings = readRecordings();

/** The allowed differences between what was sent and what is sent again, each with its reason. */
const DIFFERENCES: Record<string, (value: Extra) => Extra> = {
  "Google minds no role of instructions": (value) =>
    isObject(value["systemInstruction"])
      ? { ...value, systemInstruction: { parts: value["systemInstruction"]["parts"] } }
      : value,
  "turns of one role that follow one another are one": (value) => {
    if (!Array.isArray(value["contents"])) return value;
    const turns: Extra[] = [];
    for (const turn of value["contents"] as Extra[]) {
      const last = turns.at(-1);
      if (last === undefined || last["role"] !== turn["role"]) turns.push(turn);
      else
        turns[turns.length - 1] = {
          ...last,
          parts: [...(last["parts"] as unknown[]), ...(turn["parts"] as unknown[])],
        };
    }
    return { ...value, contents: turns };
  },
  "text is what is answered anyway": ({ responseModalities: modalities, ...value }) =>
    modalities === undefined || Bun.deepEquals(modalities, ["TEXT"])
      ? value
      : { ...value, responseModalities: modalities },
  "a config without a word says nothing": ({ generationConfig: config, ...value }) =>
    isObject(config) && Object.keys(normaliseOne(config)).length === 0
      ? value
      : { ...value, ...(config !== undefined && { generationConfig: config }) },
  "a part of OpenAPI's schemas is said as JSON schema": ({ responseSchema: schema, ...value }) =>
    schema === undefined ? value : { ...value, responseJsonSchema: schemaFromOpenApi(schema) },
  "… and so are functions' parameters": ({ parameters, ...value }) =>
    parameters === undefined ? value : { ...value, parametersJsonSchema: schemaFromOpenApi(parameters) },
  "what Google's tool was asked without a word is not said": ({ toolCall: call, ...value }) =>
    isObject(call) && Bun.deepEquals(call["args"], {})
      ? { ...value, toolCall: { ...call, args: null } }
      : { ...value, toolCall: call ?? null },
  "one tool is a list of one": (value) => (isObject(value["tools"]) ? { ...value, tools: [value["tools"]] } : value),
  "functions of several tools stand in one": (value) => {
    if (!Array.isArray(value["tools"])) return value;
    const tools = (value["tools"] as Extra[]).flatMap((tool) => Object.entries(tool));
    const functions = tools.flatMap(([key, said]) => (key === "functionDeclarations" ? (said as Extra[]) : []));
    return {
      ...value,
      tools: [
        { functionDeclarations: functions },
        ...tools.filter(([key]) => key !== "functionDeclarations").map(([key, said]) => ({ [key]: said })),
      ],
    };
  },
  "null is as good as nothing": (value) =>
    Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null)),
};

function normaliseOne(value: Extra): Extra {
  return Object.values(DIFFERENCES).reduce<Extra>((each, change) => change(each), value);
}

function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalise);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(normaliseOne(value)).map(([key, each]) => [key, normalise(each)]));
}

describe.skipIf(!hasRecordings)("recorded requests", () => {
  test(`all ${recordings.length} come out again as they went in`, () => {
    expect(recordings.length).toBe(109);
    for (const { name, request, method } of recordings) {
      const read =
        method === "countTokens" ? gemini.caller.counting?.readRequest(request) : gemini.caller.readRequest(request);
      if (!read) throw new Error("nothing was read");
      const { body, dropped } = gemini.vendor.writeRequest(read, { model: read.model });
      const { model: _, stream: __, ...sent } = camelKeys(request) as Extra;
      const within = sent["generateContentRequest"] as Extra | undefined;
      expect({ name, body: normalise(JSON.parse(JSON.stringify(body))), dropped }).toEqual({
        name,
        body: normalise(within ?? sent) as Extra,
        dropped: [],
      });
    }
  });
});
