// The two SDKs whose makers publish their tests, and which of the tests are about what Binnacle offers.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Glob } from "bun";
import { z } from "zod";

export interface PublishedSdk {
  /** The vendor's name, here and in the installation. */
  name: "openai" | "anthropic";
  /** As it is installed. */
  packageName: string;
  /** What the SDK's base URL has behind a server's address. */
  basePath: string;
  /** Files below `tests/api-resources`, without their ending, by the resource that Binnacle offers. */
  resources: Readonly<Record<string, readonly string[]>>;
}

export const publishedSdks: readonly PublishedSdk[] = [
  {
    name: "openai",
    packageName: "openai",
    basePath: "/v1",
    resources: {
      "chat completions": ["chat/completions/completions", "chat/completions/messages"],
      responses: ["responses/responses", "responses/input-items", "responses/input-tokens"],
      "responses, beta": ["beta/responses/responses", "beta/responses/input-items", "beta/responses/input-tokens"],
      embeddings: ["embeddings"],
      images: ["images"],
      audio: ["audio/speech", "audio/transcriptions", "audio/translations"],
      moderations: ["moderations"],
      files: ["files"],
      batches: ["batches"],
      models: ["models"],
    },
  },
  {
    name: "anthropic",
    packageName: "@anthropic-ai/sdk",
    basePath: "",
    resources: {
      messages: ["messages/messages"],
      batches: ["messages/batches"],
      models: ["models"],
      "messages, beta": ["beta/messages/messages"],
      "batches, beta": ["beta/messages/batches"],
      "models, beta": ["beta/models"],
    },
  },
];

/** Who answers: the simulator; a vendor of the caller's dialect; a vendor that is asked itself. */
export type RunName = "simulated" | "passed" | "native";

export interface Checkout {
  sdk: PublishedSdk;
  /** Of the checkout, and of the package that its tests are run with. */
  version: string;
  installedVersion: string;
  /** Where its tests are. */
  tests: string;
  /** Every file of tests that asks a server, below `tests`. */
  files: readonly string[];
}

const packageSchema = z.object({ name: z.string(), version: z.string() });
export const API_TESTS = "api-resources";
const ENDING = ".test.ts";

/** Throws where the folder holds neither SDK. `root` is the project's. */
export function readCheckout(folder: string, root: string): Checkout {
  const path = join(folder, "package.json");
  if (folder === "" || !existsSync(path)) throw new Error(`--checkout: there is no package.json in "${folder}"`);
  const { name, version } = readPackage(path);
  const sdk = publishedSdks.find(({ packageName }) => packageName === name);
  if (!sdk)
    throw new Error(`--checkout: ${name} is none of ${publishedSdks.map((each) => each.packageName).join(", ")}`);
  const tests = join(folder, "tests");
  const files = [...new Glob(`${API_TESTS}/**/*${ENDING}`).scanSync(tests)].toSorted();
  if (files.length === 0) throw new Error(`--checkout: there are no tests in ${join(tests, API_TESTS)}`);
  const installedVersion = readPackage(join(root, "node_modules", name, "package.json")).version;
  return { sdk, version, installedVersion, tests, files };
}

function readPackage(path: string): z.output<typeof packageSchema> {
  return packageSchema.parse(JSON.parse(readFileSync(path, "utf8")));
}

/** The resource that a file is about; undefined where Binnacle does not offer it. */
export function resourceOf({ resources }: PublishedSdk, file: string): string | undefined {
  const place = file.slice(file.indexOf(`${API_TESTS}/`) + API_TESTS.length + 1, -ENDING.length);
  return Object.keys(resources).find((resource) => resources[resource]?.includes(place));
}

/** The models that a file's tests name. */
export function modelsIn(text: string): string[] {
  return [...text.matchAll(/\bmodel: '([^'/]+)'/g)].flatMap(([, model]) => model ?? []);
}
