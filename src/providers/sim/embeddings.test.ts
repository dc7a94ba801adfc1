// The simulator's embeddings, as a client of OpenAI's protocol sees them.
import { afterAll, expect, test } from "bun:test";
import OpenAI, { BadRequestError } from "openai";
import { simConfigSchema } from "./sim-config.ts";
import { serveSim } from "./serve-sim.ts";

const server = serveSim(simConfigSchema.parse({}), { port: 0 });
afterAll(() => server.close());
const openai = new OpenAI({ apiKey: "none", baseURL: server.url, maxRetries: 0 });
const embed = async (input: string | string[], more: object = {}) => {
  const { data } = await openai.embeddings.create({ model: "sim-embedding", input, ...more });
  return data.map(({ embedding }) => embedding);
};
const likeness = (a: number[] = [], b: number[] = []) =>
  a.reduce((sum, value, place) => sum + value * (b[place] ?? 0), 0);

test("texts that share words are nearer than texts that share none", async () => {
  const [ship, boat, cake] = await embed(["the ship sails north", "the ship sails south", "a recipe for cakes"]);
  expect(likeness(ship, boat)).toBeGreaterThan(0.5);
  expect(Math.abs(likeness(ship, cake))).toBeLessThan(0.3);
  expect(likeness(ship, ship)).toBeCloseTo(1, 4);
});

test("the same text is always in the same place, in numbers and in base64", async () => {
  const [first] = await embed("ahoy");
  const [again] = await embed("ahoy", { encoding_format: "float" });
  expect(first?.length).toBe(256);
  expect(again?.map((value) => value.toFixed(5))).toEqual(first?.map((value) => value.toFixed(5)));
});

test("fewer dimensions can be had", async () => {
  expect((await embed("ahoy", { dimensions: 8 }))[0]?.length).toBe(8);
});

test.each([
  ["no input", { model: "sim-embedding", input: [] }],
  ["another model", { model: "sim-small", input: "x" }],
  ["no dimensions", { model: "sim-embedding", input: "x", dimensions: 0 }],
])("%s is refused", async (_, body) => {
  const failure = await openai.embeddings.create(body).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(BadRequestError);
});
