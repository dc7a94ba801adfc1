// Which vendors a config and an environment give, and that their keys stay where they belong.
import { describe, expect, test } from "bun:test";
import { createWorld, loadConfig } from "../../kernel/index.ts";
import { providersConfigSchema } from "../config.ts";
import { readVendors, type VendorSources } from "./read-vendors.ts";
import type { Vendor } from "./vendor.ts";

type Env = Record<string, string | undefined>;

function read(yaml: string, env: Env = {}, more: Partial<VendorSources> = {}) {
  const config = loadConfig(providersConfigSchema, { yaml, path: "test.yaml", env: {} });
  const readFile = (path: string): string => (path === "/run/key" ? "sk-from-file\n" : "");
  return readVendors(config, { env, readFile, world: createWorld(), modelsOf: (kind) => [`${kind}-model`], ...more });
}

const only = (yaml: string, env: Env = {}) => {
  const [vendor, ...others] = read(yaml, env);
  expect(others).toEqual([]);
  if (!vendor) throw new Error("no vendor was found");
  return vendor;
};

/** What it shows a vendor for who it is. */
const shownBy = ({ credentials }: Vendor) =>
  credentials.take(0).authorize({ method: "POST", url: "http://v.example", headers: {}, body: "" });

describe("vendors from the environment", () => {
  test("are those whose usual variables are set, each saying which", () => {
    const found = read("", { OPENAI_API_KEY: "sk-1", GROQ_API_KEY: " gsk ", XAI_API_KEY: "", HOME: "/root" });
    expect(found.map((vendor) => [vendor.name, vendor.found_by, shownBy(vendor)])).toEqual([
      ["openai", "OPENAI_API_KEY", { authorization: "Bearer sk-1" }],
      ["groq", "GROQ_API_KEY", { authorization: "Bearer gsk" }],
    ]);
    expect(found[0]).toMatchObject({
      kind: "openai",
      base_url: "https://api.openai.com/v1",
      priceProvider: "openai",
      flatPrice: null,
      models: ["openai-model"],
    });
  });

  test("are not looked for when the config says so", () => {
    expect(read("find_in_environment: false", { OPENAI_API_KEY: "sk-1" })).toEqual([]);
  });

  test("at a moved address have neither OpenAI's prices nor its models", () => {
    const moved = only("", { OPENAI_API_KEY: "sk-1", OPENAI_BASE_URL: "http://10.0.0.5:9000/v1/" });
    expect(moved).toMatchObject({
      name: "openai",
      kind: "openai-compatible",
      base_url: "http://10.0.0.5:9000/v1",
      found_by: "OPENAI_BASE_URL",
      priceProvider: null,
      flatPrice: null,
    });
  });

  test("at the same host keep them", () => {
    expect(only("", { OPENAI_BASE_URL: "https://api.openai.com/v1" }).priceProvider).toBe("openai");
  });

  test("are left out where the address is no address, or is this program's own", () => {
    expect(read("", { OPENAI_BASE_URL: "not an address" })).toEqual([]);
    const isOwn = ({ base_url }: { base_url: string }) => base_url.includes(":4100");
    expect(read("", { OPENAI_API_KEY: "bk_1", OPENAI_BASE_URL: "http://127.0.0.1:4100/v1" }, { isOwn })).toEqual([]);
  });
});

describe("vendors from the config", () => {
  test("take what they leave out from the table, and hide the one in the environment", () => {
    const vendor = only("vendors: { groq: { kind: groq, models: [a, b] } }", { GROQ_API_KEY: "gsk" });
    expect(vendor).toMatchObject({
      name: "groq",
      base_url: "https://api.groq.com/openai/v1",
      found_by: "config",
      models: ["a", "b"],
    });
    expect(shownBy(vendor)).toEqual({ authorization: "Bearer gsk" });
  });

  test("may be several of one kind, each with a credential of its own", () => {
    const yaml = `
vendors:
  first: { kind: openai, api_key: "env:FIRST" }
  second: { kind: openai, api_key: "file:/run/key", timeouts: { first_byte: 20s, idle: 5s } }`;
    const [first, second] = read(yaml, { FIRST: "sk-first" });
    expect([first, second].map((vendor) => vendor && shownBy(vendor))).toEqual([
      { authorization: "Bearer sk-first" },
      { authorization: "Bearer sk-from-file" },
    ]);
    expect(second?.timeouts).toEqual({ firstByteMs: 20_000, idleMs: 5000 });
  });

  test("at another address are never shown the key of the usual one", () => {
    const yaml = 'vendors: { openai: { kind: openai, base_url: "https://proxy.example.org/v1" } }';
    const vendor = only(yaml, { OPENAI_API_KEY: "sk-1" });
    expect(shownBy(vendor)).toEqual({});
  });

  test("that have no usual address are shown the usual key at the one they are given", () => {
    const yaml = 'vendors: { azure: { kind: azure-openai, base_url: "https://house.example.org/openai/v1" } }';
    expect(shownBy(only(yaml, { AZURE_OPENAI_API_KEY: "az" }))).toEqual({ "api-key": "az" });
  });

  test("may have several credentials, shown in the way of their kind", () => {
    const vendor = only('vendors: { v: { kind: anthropic, api_keys: ["env:A", "env:B"] } }', { A: "a", B: "b" });
    expect([shownBy(vendor), shownBy(vendor), shownBy(vendor)].map((shown) => Object.values(shown))).toEqual([
      ["a"],
      ["b"],
      ["a"],
    ]);
    expect(Object.keys(shownBy(vendor))).toEqual(["x-api-key"]);
  });

  test("on this machine, or said to be, are free; elsewhere they are not", () => {
    const price = (yaml: string) => only(`vendors: { v: ${yaml} }`).flatPrice?.version ?? null;
    expect(price("{ kind: vllm }")).toBe("free");
    expect(price('{ kind: ollama, base_url: "http://localhost:9/v1" }')).toBe("free");
    expect(price('{ kind: vllm, base_url: "http://[::1]:9/v1" }')).toBe("free");
    expect(price('{ kind: vllm, base_url: "http://10.0.0.5:8000/v1" }')).toBeNull();
    expect(price('{ kind: vllm, base_url: "http://127.0.0.1.example.org/v1" }')).toBeNull();
    expect(price('{ kind: openai-compatible, base_url: "http://127.0.0.1:9/v1" }')).toBeNull();
    expect(price('{ kind: openai-compatible, base_url: "http://10.0.0.5/v1", price: free }')).toBe("free");
  });

  test.each([
    ["a missing variable", 'vendors: { v: { kind: openai, api_key: "env:ABSENT" } }', "ABSENT"],
    ["the secret itself", "vendors: { v: { kind: openai, api_key: sk-123 } }", "a secret is a reference"],
    ["no address", "vendors: { v: { kind: openai-compatible } }", "base_url"],
    ["an unknown kind", "vendors: { v: { kind: opnai } }", "kind"],
    ["an unknown key", "vendors: { v: { kind: openai, base_ur: x } }", 'did you mean "base_url"'],
    ["a name with a slash", "vendors: { a/b: { kind: openai } }", "vendor"],
    ["a price without a vendor", "prices: { gpt: { input_usd_per_million: 1, output_usd_per_million: 1 } }", "prices"],
    ["a price below zero", "prices: { a/b: { input_usd_per_million: -1, output_usd_per_million: 1 } }", "prices.a/b"],
  ])("do not start with %s", (_, yaml, said) => {
    expect(() => read(yaml)).toThrow(said);
  });
});

test("no key is in what JSON, the log or the control plane shows of a vendor", () => {
  const vendor = only(
    'vendors: { v: { kind: openai-compatible, base_url: "https://user:pass@example.org/v1", api_key: "env:K" } }',
    {
      K: "sk-secret",
    },
  );
  expect(shownBy(vendor)).toEqual({ authorization: "Bearer sk-secret" });
  const shown = JSON.stringify({ vendor, list: [vendor] });
  for (const secret of ["sk-secret", "user:pass"]) expect(shown).not.toContain(secret);
  expect(vendor.toJSON()).toEqual({
    name: "v",
    dialects: ["openai-chat"],
    base_url: "https://example.org/v1",
    found_by: "config",
  });
});
