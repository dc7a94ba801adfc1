import { describe, expect, test } from "bun:test";
import { createDice, type Dice } from "../../../../test/support/dice.ts";
import { isAppError } from "../../../kernel/index.ts";
import { rerankCallers, rerankVendors } from "../rerank/index.ts";
import { embeddingCallers, embeddingVendors } from "./index.ts";

const NAMES =
  "model input texts images inputs content parts text type image_url url inlineData mimeType data requests embedding embeddings values float index usage meta billed_units results relevance_score score documents query top_n encoding_format embedding_types input_type taskType truncate".split(
    " ",
  );
const VALUES: unknown[] = [
  null,
  true,
  0,
  1,
  -1,
  1.5,
  "",
  "m",
  "AAAAAA==",
  "text",
  "float",
  "image_url",
  "data:image/png;base64,AA",
];

/** Some JSON made of the words of these formats. */
function anyJson(dice: Dice, depth = 4): unknown {
  const kind = dice(depth === 0 ? 1 : 3);
  if (kind === 0) return VALUES[dice(VALUES.length)];
  const many = Array.from({ length: dice(5) }, () => anyJson(dice, depth - 1));
  if (kind === 1) return many;
  const named = many.map((value) => [NAMES[dice(NAMES.length)] ?? "", value] as const);
  const likely =
    depth === 4
      ? [
          ["model", "m"],
          ["query", "q"],
          ["documents", ["a"]],
          ["texts", ["a"]],
          ["input", ["a"]],
        ]
      : [];
  return Object.fromEntries([...likely, ...named]);
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (isAppError(error) && error.code === "providers.bad_request") return undefined;
    throw error;
  }
}

describe("whatever comes", () => {
  test("as a request is refused or carried, never a crash", () => {
    const dice = createDice(5);
    let carried = 0;
    for (let round = 0; round < 10_000; round += 1) {
      const body = anyJson(dice);
      for (const caller of Object.values(embeddingCallers)) {
        const read = attempt(() => caller.readRequest(body));
        if (!read) continue;
        carried += 1;
        for (const vendor of Object.values(embeddingVendors))
          attempt(() => JSON.stringify(vendor.writeRequest(read, "v")));
      }
      const read = attempt(() => rerankCallers["cohere-v1"].readRequest(body));
      if (read) for (const vendor of Object.values(rerankVendors)) JSON.stringify(vendor.writeRequest(read, "v"));
    }
    expect(carried).toBeGreaterThan(1000);
  });

  test("as an answer is one or none, never a crash", () => {
    const dice = createDice(6);
    const caller = rerankCallers["cohere-v2"];
    const request = caller.readRequest({ model: "m", query: "q", documents: ["a", "b"] });
    let read = 0;
    for (let round = 0; round < 10_000; round += 1) {
      const body = anyJson(dice);
      for (const vendor of Object.values(embeddingVendors)) {
        const answer = vendor.readAnswer(body);
        if (!answer) continue;
        read += 1;
        for (const [name, each] of Object.entries(embeddingCallers)) {
          const asked =
            name === "gemini"
              ? { model: "m", content: { parts: [{ text: "a" }] } }
              : { model: "m", input: "a", texts: ["a"] };
          JSON.stringify(each.writeAnswer(answer, each.readRequest(asked), []));
        }
      }
      for (const vendor of Object.values(rerankVendors)) {
        const answer = vendor.readAnswer(body, 2);
        if (answer) caller.writeAnswer(answer, request);
      }
    }
    expect(read).toBeGreaterThan(10);
  });
});
