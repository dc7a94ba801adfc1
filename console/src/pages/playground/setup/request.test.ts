// Setups as requests, and there and back through addresses and records.
import { describe, expect, test } from "bun:test";
import type { CallDetail } from "../../../../../src/ledger/contract.ts";
import { setupFromCall } from "./replay.ts";
import { findProblems, requestFor } from "./request.ts";
import { emptySetup, emptyTurn, readSetup, type Setup, writeSetup } from "./setup.ts";

const setup: Setup = {
  ...emptySetup,
  system: "Be brief.",
  turns: [{ ...emptyTurn("user"), text: "Hello" }],
  columns: [
    { model: " sim/sim-small ", system: null, temperature: null, max_tokens: null },
    { model: "fast", system: "Be long.", temperature: 0.2, max_tokens: null },
  ],
};

const requestsOf = (given: Setup) => given.columns.map((column) => requestFor(given, column));

describe("a request", () => {
  test("has what is shared, and what its column has of its own instead", () => {
    expect(requestsOf(setup)).toEqual([
      {
        model: "sim/sim-small",
        messages: [
          { role: "system", content: "Be brief." },
          { role: "user", content: "Hello" },
        ],
        max_tokens: 1000,
      },
      {
        model: "fast",
        messages: [
          { role: "system", content: "Be long." },
          { role: "user", content: "Hello" },
        ],
        max_tokens: 1000,
        temperature: 0.2,
      },
    ]);
  });

  test("carries pictures, tools, a schema and whatever else was written", () => {
    const [request] = requestsOf({
      ...setup,
      turns: [{ ...emptyTurn("user"), text: "What is this?", images: ["https://pictures.example/a.png", " "] }],
      settings: {
        ...setup.settings,
        tools: '[{"type":"function"}]',
        schema: '{"type":"object"}',
        more: '{"stop":["."]}',
      },
    });
    expect(request).toMatchObject({
      messages: [
        {},
        {
          content: [
            { type: "text", text: "What is this?" },
            { type: "image_url", image_url: { url: "https://pictures.example/a.png" } },
          ],
        },
      ],
      tools: [{ type: "function" }],
      response_format: { type: "json_schema", json_schema: { schema: { type: "object" } } },
      stop: ["."],
    });
  });

  test("is not made of what is not JSON, of no model, of no message", () => {
    const wrong = { ...setup, settings: { ...setup.settings, tools: "{}", schema: "[", more: "[]" } };
    expect(findProblems(wrong).map(({ field }) => field)).toEqual(["tools", "schema", "more"]);
    expect(findProblems(emptySetup).map(({ message }) => message)).toEqual([
      "Name a model or a route to ask.",
      "There is no message yet.",
    ]);
    expect(findProblems(setup)).toEqual([]);
  });
});

describe("a setup", () => {
  test("comes back from an address as it was written, and says little", () => {
    expect(readSetup(writeSetup(setup))).toEqual(setup);
    expect(writeSetup(emptySetup)).toBe('{"turns":[{"role":"user"}],"settings":{"max_tokens":1000},"columns":[{}]}');
  });

  test("is not made of something else", () => {
    for (const text of ["", "{", "7", "{}", '{"columns":[]}', '{"columns":[{},{},{},{},{}]}', null])
      expect(readSetup(text)).toBeNull();
  });
});

describe("a recorded call", () => {
  const recorded = (fields: object): CallDetail =>
    // Only what a replay looks at.
    ({ dialect: "openai-chat", model: "fast", messages: [], request_body: null, ...fields }) as unknown as CallDetail;
  const body = (value: object, cut = false) => ({
    media_type: "application/json",
    size_bytes: 1,
    cut,
    text: JSON.stringify(value),
  });

  test("is asked again as it was asked, stream or not", () => {
    const request = {
      model: "sim/sim-small",
      messages: [
        { role: "system", content: "Be brief." },
        {
          role: "user",
          content: [
            { type: "text", text: "See" },
            { type: "input_audio", input_audio: {} },
          ],
        },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "c1", type: "function", function: { name: "f", arguments: "{}" } }],
        },
        { role: "tool", tool_call_id: "c1", content: "7" },
      ],
      temperature: 0,
      tools: [{ type: "function", function: { name: "f" } }],
      response_format: { type: "json_object" },
      tool_choice: "auto",
    };
    const { setup: found, note } = setupFromCall(recorded({ request_body: body({ ...request, stream: true }) }));
    expect(note).toBeNull();
    expect(requestsOf(found)).toEqual([request]);
  });

  test("of another dialect, or cut, is taken over by its texts, which is said", () => {
    const messages = [
      { role: "user", text: "Ahoy", tool_calls: [] },
      { role: "assistant", text: "Ahoy back", tool_calls: [] },
    ];
    const gemini = setupFromCall(recorded({ dialect: "gemini", messages, request_body: body({ contents: [] }) }));
    expect(gemini.note).toContain("gemini");
    expect(gemini.setup.turns.map(({ text }) => text)).toEqual(["Ahoy"]);
    expect(setupFromCall(recorded({ messages, request_body: body({}, true) })).note).toContain("Only the beginning");
    expect(setupFromCall(recorded({})).note).toContain("No texts");
  });
});
