// Where Bedrock is, and what it is shown: from the config, or from the variables that Amazon's own tools read.
import { describe, expect, test } from "bun:test";
import { expectedSignature, readAuthorization } from "../../../../test/support/callers/aws-signature.ts";
import { createWorld, loadConfig } from "../../../kernel/index.ts";
import { providersConfigSchema } from "../../config.ts";
import { readVendors, type VendorSources } from "../read-vendors.ts";
import type { Vendor } from "../vendor.ts";

const NOW_MS = Date.UTC(2026, 10, 21, 10, 30, 15, 500);

function read(yaml: string, env: Record<string, string> = {}, more: Partial<VendorSources> = {}): Vendor[] {
  const config = loadConfig(providersConfigSchema, { yaml, path: "test.yaml", env: {} });
  const world = createWorld({ nowMs: () => NOW_MS });
  return readVendors(config, { env, readFile: () => "", world, modelsOf: () => [], ...more });
}

async function shownBy(vendor: Vendor | undefined, body: string | undefined = "{}") {
  const path = "/model/us.amazon.nova-micro-v1%3A0/converse";
  const request = { method: "POST", url: `${vendor?.base_url ?? ""}${path}`, headers: { "x-extra": "1" }, body };
  const headers = (await vendor?.credentials.take(0).authorize(request)) ?? {};
  const received = new Headers({ ...request.headers, ...headers, host: new URL(request.url).host });
  return { headers, received: { method: "POST", path, headers: received, body } };
}

const ACCESS = { AWS_ACCESS_KEY_ID: "AKID", AWS_SECRET_ACCESS_KEY: "secret" };

describe("Bedrock from the environment", () => {
  test("is found by a bearer token, in its region", async () => {
    const [vendor] = read("", { ...ACCESS, AWS_BEARER_TOKEN_BEDROCK: "token", AWS_REGION: "eu-west-3" });
    expect(vendor).toMatchObject({ name: "bedrock", found_by: "AWS_BEARER_TOKEN_BEDROCK", priceProvider: "aws" });
    expect(vendor?.base_url).toBe("https://bedrock-runtime.eu-west-3.amazonaws.com");
    expect((await shownBy(vendor)).headers).toEqual({ authorization: "Bearer token" });
  });

  test("is found by an access key where a region is named, and by that alone not", async () => {
    expect(read("", ACCESS)).toEqual([]);
    const [vendor] = read("", { ...ACCESS, AWS_SESSION_TOKEN: "session", AWS_DEFAULT_REGION: "cn-north-1" });
    expect(vendor?.base_url).toBe("https://bedrock-runtime.cn-north-1.amazonaws.com.cn");
    const { headers, received } = await shownBy(vendor);
    expect(headers).toMatchObject({ "x-amz-date": "20261121T103015Z", "x-amz-security-token": "session" });
    expect(readAuthorization(received.headers)).toEqual({
      credential: "AKID/20261121/cn-north-1/bedrock/aws4_request",
      signedHeaders: "host;x-amz-date;x-amz-security-token;x-extra",
      signature: expectedSignature(received, "secret"),
    });
  });

  test("is left out where the address is no address, or is this program's own", () => {
    const moved = { AWS_BEARER_TOKEN_BEDROCK: "bk_1", AWS_ENDPOINT_URL_BEDROCK_RUNTIME: "http://127.0.0.1:4100" };
    const isOwn = ({ base_url, apiKey }: { base_url: string; apiKey: string | undefined }) =>
      base_url.includes(":4100") && apiKey === "bk_1";
    expect(read("", moved)[0]?.base_url).toBe("http://127.0.0.1:4100");
    expect(read("", moved, { isOwn })).toEqual([]);
    expect(read("", { ...moved, AWS_ENDPOINT_URL_BEDROCK_RUNTIME: "not an address" })).toEqual([]);
  });
});

describe("Bedrock from the config", () => {
  const yaml = (more: string) => `vendors: { aws: { kind: bedrock, ${more} } }`;

  test("signs with the key that it names", async () => {
    const config = yaml('region: us-west-2, access_key_id: "env:ID", secret_access_key: "env:KEY"');
    const [vendor] = read(config, { ID: "AK2", KEY: "s2", ...ACCESS });
    expect(vendor?.base_url).toBe("https://bedrock-runtime.us-west-2.amazonaws.com");
    const { received } = await shownBy(vendor, '{"messages":["ä"]}');
    const { credential, signature } = readAuthorization(received.headers);
    expect(credential).toBe("AK2/20261121/us-west-2/bedrock/aws4_request");
    expect(signature).toBe(expectedSignature(received, "s2"));
    expect(JSON.stringify(vendor)).not.toContain("s2");
  });

  test("takes what it leaves out from the environment, at the usual address only", async () => {
    const found = await shownBy(read(yaml("models: [a]"), ACCESS)[0]);
    expect(readAuthorization(found.received.headers).credential).toBe("AKID/20261121/us-east-1/bedrock/aws4_request");
    const elsewhere = read(yaml('base_url: "https://proxy.example.org"'), ACCESS)[0];
    expect((await shownBy(elsewhere)).headers).toEqual({});
  });

  test("may have bearer tokens, which take turns", async () => {
    const [vendor] = read(yaml('api_keys: ["env:A", "env:B"]'), { A: "a", B: "b", ...ACCESS });
    expect((await shownBy(vendor)).headers).toEqual({ authorization: "Bearer a" });
    expect((await shownBy(vendor)).headers).toEqual({ authorization: "Bearer b" });
  });

  test.each([
    ["half a key", yaml('access_key_id: "env:ID"'), "go together"],
    ["no such region", yaml("region: Frankfurt"), "a region of AWS"],
  ])("does not start with %s", (_, config, said) => {
    expect(() => read(config)).toThrow(said);
  });
});
