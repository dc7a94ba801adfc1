// Which vendor a bare model name means.
import { expect, test } from "bun:test";
import { createWorld, loadConfig } from "../kernel/index.ts";
import { providersConfigSchema } from "./config.ts";
import { createProviders } from "./providers.ts";

const config = loadConfig(providersConfigSchema, { yaml: "", path: "test.yaml", env: {} });
const { resolve } = createProviders(config, {
  world: createWorld(),
  env: { OPENAI_API_KEY: "sk-1", CO_API_KEY: "co-1" },
  isOwn: () => false,
});

test.each([
  ["gpt-4o-mini", "openai"],
  ["text-embedding-3-small", "openai"],
  ["gpt-image-1", "openai"],
  ["tts-1-hd", "openai"],
  ["whisper-1", "openai"],
  ["gpt-4o-mini-transcribe", "openai"],
  ["omni-moderation-latest", "openai"],
  ["gpt-realtime", "openai"],
  ["rerank-v3.5", "cohere"],
  ["embed-v4.0", "cohere"],
])("%s means %s's model", (name, vendor) => {
  expect(resolve(name)).toMatchObject({ id: `${vendor}/${name}`, model: name });
});

test.each(["gpt-4o-mni", "claude-sonnet-4-5", "embedder"])("%s means nobody's here", (name) => {
  expect(resolve(name)).toBeUndefined();
});
