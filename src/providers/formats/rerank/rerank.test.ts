import { describe, expect, test } from "bun:test";
import { isAppError } from "../../../kernel/index.ts";
import type { Extra } from "../../contract.ts";
import { rerankCallers, rerankVendors } from "./index.ts";

// Nobody recorded a reranking; these are after the vendors' documentation.
const V2 = {
  model: "m",
  query: "q",
  documents: ["one", "two", "three"],
  top_n: 2,
  max_tokens_per_doc: 50,
  priority: 1,
};
const V1 = {
  model: "m",
  query: "q",
  documents: ["one", { text: "two" }, { title: "T", body: "three", id: 3 }],
  top_n: 2,
  rank_fields: ["title", "body"],
  return_documents: true,
  max_chunks_per_doc: 4,
};
const v2 = rerankCallers["cohere-v2"];
const v1 = rerankCallers["cohere-v1"];

describe("a request", () => {
  test("comes out as it went in, in both of Cohere's versions", () => {
    expect(rerankVendors["cohere-v2"].writeRequest(v2.readRequest(V2), "m")).toEqual({
      path: "/v2/rerank",
      body: V2,
      dropped: [],
    });
    expect(rerankVendors["cohere-v1"].writeRequest(v1.readRequest(V1), "m")).toEqual({
      path: "/v1/rerank",
      body: V1,
      dropped: [],
    });
  });

  test.each([
    [
      "cohere-v2",
      "/v2/rerank",
      { model: "v", query: "q", documents: ["one", "two", "title: T\nbody: three"], top_n: 2 },
    ],
    [
      "jina",
      "/rerank",
      {
        model: "v",
        query: "q",
        documents: ["one", { text: "two" }, "title: T\nbody: three"],
        top_n: 2,
        return_documents: false,
      },
    ],
    [
      "voyage",
      "/rerank",
      { model: "v", query: "q", documents: ["one", "two", "title: T\nbody: three"], top_k: 2, return_documents: false },
    ],
    ["vllm", "/rerank", { model: "v", query: "q", documents: ["one", "two", "title: T\nbody: three"], top_n: 2 }],
    ["tei", "/rerank", { query: "q", texts: ["one", "two", "title: T\nbody: three"], return_text: false }],
  ] as const)("goes to %s in its words", (name, path, body) => {
    const written = rerankVendors[name].writeRequest(v1.readRequest(V1), "v");
    expect(written).toMatchObject({ path, dropped: [{ what: "max_chunks_per_doc" }] });
    expect(JSON.parse(JSON.stringify(written.body))).toEqual(body);
    expect(written.dropped).toHaveLength(1);
  });

  test("names the bound on documents where a vendor has none", () => {
    const { dropped } = rerankVendors.tei.writeRequest(v2.readRequest(V2), "v");
    expect(dropped.map(({ what }) => what)).toEqual(["max_tokens_per_doc", "priority"]);
  });

  test.each([
    [null, null],
    [{ query: "q", documents: ["a"] }, "model"],
    [{ model: "m", documents: ["a"] }, "query"],
    [{ model: "m", query: 5, documents: ["a"] }, "query"],
    [{ model: "m", query: "q" }, "documents"],
    [{ model: "m", query: "q", documents: [] }, "documents"],
    [{ model: "m", query: "q", documents: ["a", 5] }, "documents.1"],
    [{ model: "m", query: "q", documents: ["a"], top_n: 0 }, "top_n"],
    [{ model: "m", query: "q", documents: ["a"], return_documents: "yes" }, "return_documents"],
  ] as const)("that is wrong is refused, and says where: %j", (body, param) => {
    try {
      v2.readRequest(body);
    } catch (error) {
      if (!isAppError(error)) throw error;
      expect([error.code, error.params["param"]]).toEqual(["providers.bad_request", param]);
      return;
    }
    throw new Error("it was not refused");
  });

  test("of the first version need not name its model", () => {
    expect(v1.readRequest({ query: "q", documents: ["a"] }).model).toBe("rerank-v3.5");
  });
});

const COHERE = {
  id: "r1",
  results: [
    { index: 2, relevance_score: 0.9 },
    { index: 0, relevance_score: 0.5 },
    { index: 1, relevance_score: 0.1 },
  ],
  meta: { api_version: { version: "2" }, billed_units: { search_units: 1 } },
};
const ANSWERS: Record<keyof typeof rerankVendors, unknown> = {
  "cohere-v2": COHERE,
  "cohere-v1": { ...COHERE, results: COHERE.results.map((each) => ({ ...each, document: { text: "x" } })) },
  jina: { model: "v", results: COHERE.results, usage: { total_tokens: 12 } },
  voyage: { object: "list", model: "v", data: COHERE.results, usage: { total_tokens: 12 } },
  vllm: {
    id: "r1",
    model: "v",
    results: COHERE.results.map((each) => ({ ...each, document: { text: "x" } })),
    usage: { total_tokens: 12 },
  },
  // Not in order: whoever calls is given the best first all the same.
  tei: COHERE.results.map(({ index, relevance_score: score }) => ({ index, score })).toReversed(),
};
const everyAnswer = Object.entries(ANSWERS) as [keyof typeof rerankVendors, unknown][];

describe("an answer", () => {
  test("of Cohere's comes out as it went in", () => {
    const answer = rerankVendors["cohere-v2"].readAnswer(COHERE, 3) ?? { results: [] };
    expect(v2.writeAnswer(answer, v2.readRequest({ ...V2, top_n: undefined }))).toEqual(COHERE);
  });

  test.each(everyAnswer)("of %s is the best first, no more than asked for", (name, body) => {
    const answer = rerankVendors[name].readAnswer(body, 3) ?? { results: [] };
    expect(v2.writeAnswer(answer, v2.readRequest(V2))["results"]).toEqual(COHERE.results.slice(0, 2));
  });

  test.each(everyAnswer)("of %s has the caller's own documents where they were asked for", (name, body) => {
    const answer = rerankVendors[name].readAnswer(body, 3) ?? { results: [] };
    const { results } = v1.writeAnswer(answer, v1.readRequest(V1)) as { results: Extra[] };
    expect(results.map(({ document }) => document)).toEqual([V1.documents[2], { text: "one" }] as Extra[]);
  });

  test("counts search units or tokens, as the vendor did", () => {
    const counted = everyAnswer.map(([name, body]) => {
      const answer = rerankVendors[name].readAnswer(body, 3);
      return [name, answer?.search_units, answer?.usage?.input];
    });
    expect(counted).toEqual([
      ["cohere-v2", 1, undefined],
      ["cohere-v1", 1, undefined],
      ["jina", undefined, 12],
      ["voyage", undefined, 12],
      ["vllm", undefined, 12],
      ["tei", undefined, undefined],
    ]);
    const jina = rerankVendors.jina.readAnswer(ANSWERS.jina, 3) ?? { results: [] };
    expect(v2.writeAnswer(jina, v2.readRequest(V2))["meta"]).toEqual({
      api_version: { version: "2" },
      tokens: { input_tokens: 12, output_tokens: 0 },
    });
  });

  const nothings = [
    null,
    5,
    "x",
    {},
    { results: 5 },
    { results: [{ index: 3, relevance_score: 1 }] },
    { results: [{ index: 0 }] },
    { data: [5] },
    [{ index: -1, score: 1 }],
  ];
  test.each(nothings.map((body) => [body]))(
    "that is none, or of a document that nobody sent, is undefined: %j",
    (body) => {
      for (const vendor of Object.values(rerankVendors)) expect(vendor.readAnswer(body, 3)).toBeUndefined();
    },
  );
});
