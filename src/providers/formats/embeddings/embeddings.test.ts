import { describe, expect, test } from "bun:test";
import { isAppError } from "../../../kernel/index.ts";
import type { Extra } from "../../contract.ts";
import type { Dropped } from "../dialect.ts";
import { type EmbeddingFormatName, embeddingCallers, embeddingVendors } from "./index.ts";

type CallerName = keyof typeof embeddingCallers;

// Nobody recorded an embedding; these are after the vendors' documentation.
const REQUESTS: Record<CallerName, Extra[]> = {
  openai: [
    { model: "m", input: "a text" },
    { model: "m", input: ["one", "two"], dimensions: 8, encoding_format: "base64", user: "u", seed: 3 },
    { model: "m", input: [1, 2, 3], encoding_format: "float" },
    { model: "m", input: [[1, 2], [3]], input_type: "query" },
    { model: "m", input: ["one"], input_type: "passage" },
  ],
  gemini: [
    { model: "models/m", content: { parts: [{ text: "a" }] }, taskType: "RETRIEVAL_QUERY", outputDimensionality: 8 },
    {
      model: "models/m",
      content: { parts: [{ text: "a" }, { inlineData: { mimeType: "image/png", data: "AAAA" } }] },
      title: "t",
    },
    {
      model: "models/m",
      content: { parts: [{ inlineData: { mimeType: "audio/wav", data: "AAAA" } }] },
      taskType: "NEW",
    },
    {
      requests: [
        { model: "models/m", content: { parts: [{ text: "a" }] }, taskType: "CLUSTERING" },
        { model: "models/m", content: { parts: [{ text: "b" }] }, taskType: "CLASSIFICATION", title: "t" },
      ],
      labels: { a: "b" },
    },
  ],
  cohere: [
    {
      model: "m",
      texts: ["one", "two"],
      input_type: "search_query",
      embedding_types: ["float", "int8"],
      truncate: "START",
    },
    { model: "m", images: ["data:image/png;base64,AAAA"], input_type: "image", output_dimension: 256 },
    {
      model: "m",
      inputs: [
        {
          content: [
            { type: "text", text: "a" },
            { type: "image_url", image_url: { url: "https://x.example/a.png" } },
          ],
        },
        { content: [{ type: "hologram", hologram: 1 }] },
      ],
      input_type: "classification",
      max_tokens: 9,
      priority: 2,
    },
    { model: "m", texts: ["one"], input_type: "brand_new" },
    { model: "m", texts: ["one"] },
  ],
};

const read = (name: CallerName, body: unknown) => embeddingCallers[name].readRequest(body);

function carry(from: CallerName, body: Extra, to: EmbeddingFormatName) {
  return embeddingVendors[to].writeRequest(read(from, body), "v");
}

const everyRequest = Object.entries(REQUESTS).flatMap(([name, bodies]) =>
  bodies.map((body, index) => [name as CallerName, index, body] as const),
);

describe("a request", () => {
  test.each(everyRequest)("in the format %s (%i) comes out as it went in", (name, _, body) => {
    const { body: written, dropped } = embeddingVendors[name].writeRequest(read(name, body), "m");
    expect(JSON.parse(JSON.stringify(written))).toEqual(body);
    expect(dropped).toEqual([]);
  });

  test("of one text goes to each vendor in its own words", () => {
    const body = {
      model: "m",
      input: "a text",
      dimensions: 8,
      encoding_format: "base64",
      user: "u",
      input_type: "query",
    };
    const all = (["openai", "gemini", "cohere", "ollama"] as const).map((to) => carry("openai", body, to));
    expect(all).toEqual([
      { path: "/embeddings", body: { ...body, model: "v" }, dropped: [] },
      {
        path: "/models/v:embedContent",
        body: {
          model: "models/v",
          content: { parts: [{ text: "a text" }] },
          taskType: "RETRIEVAL_QUERY",
          outputDimensionality: 8,
        },
        dropped: [{ what: "user", why: "Gemini has no word for it" }],
      },
      {
        path: "/v2/embed",
        body: {
          model: "v",
          texts: ["a text"],
          input_type: "search_query",
          embedding_types: ["float"],
          output_dimension: 8,
        },
        dropped: [{ what: "user", why: "Cohere has no word for it" }],
      },
      {
        path: "/api/embed",
        body: { model: "v", input: ["a text"], dimensions: 8 },
        dropped: [
          { what: "user", why: "Ollama has no word for it" },
          { what: "input_type", why: "Ollama has no word for it" },
        ],
      },
    ]);
  });

  test("names all that its vendor has no word for", () => {
    const cohere = {
      model: "m",
      texts: ["a"],
      input_type: "clustering",
      embedding_types: ["int8", "base64"],
      truncate: "START",
      priority: 1,
    };
    const names = (to: EmbeddingFormatName) => carry("cohere", cohere, to).dropped.map(({ what }) => what);
    expect(names("openai")).toEqual(["truncate", "input_type", "priority", "encodings.int8"]);
    expect(names("gemini")).toEqual(["truncate", "priority", "encodings.int8"]);
    expect(names("ollama")).toEqual(["input_type", "priority", "encodings.int8", "truncate"]);
    const [, , , batch] = REQUESTS.gemini;
    expect(carry("gemini", batch ?? {}, "openai").dropped.map(({ what }) => what)).toEqual([
      "input_type",
      "batch",
      "requests.1",
    ]);
    expect(carry("openai", { model: "m", input: "a", input_type: "passage" }, "cohere").dropped).toMatchObject([
      { what: "input_type" },
    ]);
  });

  test("whose purpose Cohere has no word for is told which was taken", () => {
    const gemini = { model: "m", content: { parts: [{ text: "a" }] }, taskType: "SEMANTIC_SIMILARITY" };
    const { body, dropped } = carry("gemini", gemini, "cohere");
    expect(body["input_type"]).toBe("clustering");
    expect(dropped).toEqual([{ what: "input_type", why: "Cohere has no such word; `clustering` was sent" }]);
  });

  test.each([
    ["openai", { model: "m", input: [[1, 2]] }, ["gemini", "cohere", "ollama"]],
    ["cohere", REQUESTS.cohere[1], ["openai", "ollama"]],
    ["cohere", REQUESTS.cohere[2], ["openai", "ollama", "gemini"]],
    ["gemini", REQUESTS.gemini[2], ["openai", "ollama", "cohere"]],
  ] as const)(
    "of %s with an input that a vendor cannot embed is refused, since no vector could stand for it: %j",
    (from, body, vendors) => {
      for (const to of vendors)
        expect(() => carry(from, body as Extra, to)).toThrow(/cannot be embedded by this model's vendor/);
    },
  );

  test.each([
    ["openai", null, null],
    ["openai", { input: "a" }, "model"],
    ["openai", { model: "m" }, "input"],
    ["openai", { model: "m", input: [] }, "input"],
    ["openai", { model: "m", input: ["a", 5] }, "input.1"],
    ["openai", { model: "m", input: [[-1]] }, "input.0"],
    ["openai", { model: "m", input: "a", encoding_format: "int8" }, "encoding_format"],
    ["openai", { model: "m", input: "a", dimensions: 0 }, "dimensions"],
    ["gemini", { model: "m" }, "content"],
    ["gemini", { content: { parts: [{ text: "a" }] } }, "model"],
    ["gemini", { model: "m", content: { parts: [] } }, "content.parts"],
    ["gemini", { model: "m", requests: [] }, "requests"],
    ["gemini", { requests: [{ content: { parts: [{ text: 5 }] } }] }, "requests.0.content.parts.0.text"],
    ["cohere", { model: "m" }, "texts"],
    ["cohere", { model: "m", texts: [5] }, "texts.0"],
    ["cohere", { model: "m", texts: ["a"], embedding_types: ["int4"] }, "embedding_types.0"],
    ["cohere", { model: "m", texts: ["a"], truncate: "MIDDLE" }, "truncate"],
    ["cohere", { model: "m", inputs: [{ content: [{ type: "image_url" }] }] }, "inputs.0.content.0.image_url"],
  ] as const)("in the format %s that is wrong is refused, and says where: %j", (name, body, param) => {
    try {
      read(name, body);
    } catch (error) {
      if (!isAppError(error)) throw error;
      expect([error.code, error.params["param"]]).toEqual(["providers.bad_request", param]);
      return;
    }
    throw new Error("it was not refused");
  });

  test("takes Gemini's model from the address", () => {
    const { model } = embeddingCallers.gemini.readRequest({ content: { parts: [{ text: "a" }] } }, "g");
    expect(model).toBe("g");
  });
});

// The bytes of 1 and of -2 as 32-bit floats, the lowest first.
const BASE64 = Buffer.from([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]).toString("base64");

const ANSWERS: Record<EmbeddingFormatName, Extra> = {
  openai: {
    object: "list",
    model: "v",
    data: [
      { object: "embedding", index: 1, embedding: [3, 4] },
      { object: "embedding", index: 0, embedding: BASE64 },
    ],
    usage: { prompt_tokens: 5, total_tokens: 5 },
  },
  gemini: { embeddings: [{ values: [1, -2] }, { values: [3, 4] }], usageMetadata: { promptTokenCount: 5 } },
  cohere: {
    id: "e1",
    embeddings: {
      float: [
        [1, -2],
        [3, 4],
      ],
    },
    texts: ["a", "b"],
    response_type: "embeddings_by_type",
    meta: { api_version: { version: "2" }, billed_units: { input_tokens: 5 } },
  },
  ollama: {
    model: "v",
    embeddings: [
      [1, -2],
      [3, 4],
    ],
    total_duration: 9,
    prompt_eval_count: 5,
  },
};

const everyAnswer = Object.entries(ANSWERS) as [EmbeddingFormatName, Extra][];

describe("an answer", () => {
  test.each(everyAnswer)("of %s is read", (name, body) => {
    const answer = embeddingVendors[name].readAnswer(body);
    expect(answer?.vectors.map((vector) => [...vector])).toEqual([
      [1, -2],
      [3, 4],
    ]);
    expect(answer?.usage).toMatchObject({ input: 5, output: 0 });
  });

  test.each(everyAnswer)("of %s reaches callers of each format", (name, body) => {
    const answer = embeddingVendors[name].readAnswer(body) ?? { vectors: [] };
    const told: Dropped[] = [];
    const openAi = embeddingCallers.openai;
    expect(openAi.writeAnswer(answer, openAi.readRequest({ model: "v", input: ["a", "b"] }), told)).toEqual({
      object: "list",
      data: [
        { object: "embedding", index: 0, embedding: [1, -2] },
        { object: "embedding", index: 1, embedding: [3, 4] },
      ],
      model: "v",
      usage: { prompt_tokens: 5, total_tokens: 5 },
    });
    const batch = { requests: ["a", "b"].map((text) => ({ model: "v", content: { parts: [{ text }] } })) };
    const gemini = embeddingCallers.gemini;
    expect(gemini.writeAnswer(answer, gemini.readRequest(batch), told)).toEqual(ANSWERS.gemini);
    const cohere = embeddingCallers.cohere;
    expect(cohere.writeAnswer(answer, cohere.readRequest({ model: "v", texts: ["a", "b"] }), told)).toEqual({
      ...ANSWERS.cohere,
      id: answer.id ?? "",
    });
    expect(told).toEqual([]);
  });

  test("is base64 of 32-bit floats where that was asked for, whatever the vendor gave", () => {
    for (const [name, body] of everyAnswer) {
      const answer = embeddingVendors[name].readAnswer(body) ?? { vectors: [] };
      const request = read("openai", { model: "m", input: ["a", "b"], encoding_format: "base64" });
      const { data } = embeddingCallers.openai.writeAnswer(answer, request, []) as { data: { embedding: string }[] };
      expect(data[0]?.embedding).toBe(BASE64);
    }
  });

  test("to one content of Gemini's is one embedding", () => {
    const request = read("gemini", { model: "m", content: { parts: [{ text: "a" }] } });
    expect(embeddingCallers.gemini.writeAnswer({ vectors: [[1]] }, request, [])).toEqual({
      embedding: { values: [1] },
    });
    expect(embeddingVendors.gemini.readAnswer({ embedding: { values: [1] } })).toEqual({ vectors: [[1]] });
  });

  test("keeps quantised vectors for a caller who asked for them, and tells one who cannot have them", () => {
    const request = read("cohere", { model: "m", texts: ["a"], embedding_types: ["int8", "ubinary"] });
    const given = embeddingVendors.cohere.readAnswer({ embeddings: { int8: [[1, -2]] } });
    const told: Dropped[] = [];
    const written = embeddingCallers.cohere.writeAnswer(given ?? { vectors: [] }, request, told);
    expect(written["embeddings"]).toEqual({ int8: [[1, -2]] });
    expect(told).toEqual([{ what: "embedding_types.ubinary", why: "the vendor gives floats alone" }]);
    const floats = embeddingCallers.cohere.writeAnswer({ vectors: [[1]] }, request, []);
    expect(floats["embeddings"]).toEqual({ float: [[1]] });
  });

  test("counts Cohere's picture tokens as input", () => {
    const answer = embeddingVendors.cohere.readAnswer({
      embeddings: { float: [[1]] },
      meta: { billed_units: { images: 1, image_tokens: 70 } },
    });
    expect(answer?.usage).toMatchObject({ input: 70, image_input: 70 });
  });

  const nothings = [
    null,
    5,
    [],
    {},
    { data: [{}] },
    { data: [{ embedding: "AAA=" }] },
    { data: 5 },
    { embeddings: [["a"]] },
    { embeddings: 5 },
    { embedding: { values: "a" } },
    { error: "no" },
  ];
  test.each(nothings.map((body) => [body]))("that is none is undefined: %j", (body) => {
    for (const vendor of Object.values(embeddingVendors)) expect(vendor.readAnswer(body)).toBeUndefined();
  });
});
