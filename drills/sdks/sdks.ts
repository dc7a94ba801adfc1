// `sdks`: the tests that OpenAI and Anthropic publish with their SDKs, run against Binnacle as their makers run them against a
// server that pretends. Not a word of them is kept here: the operator names a checkout.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { defineDrill, type DrillContext } from "../drill.ts";
import { createInstallation } from "../installation/binnacle.ts";
import { judgeRuns, type JudgedRun } from "./judge-runs.ts";
import {
  type Checkout,
  modelsIn,
  type PublishedSdk,
  readCheckout,
  resourceOf,
  type RunName,
} from "./published-tests.ts";
import { runTests } from "./run-tests.ts";
import { lostOf } from "./sent-request.ts";
import { type AnsweringVendor, serveAnything } from "./vendor.ts";

export const sdksDrill = defineDrill({
  name: "sdks",
  takes: "30 s",
  summary: "the tests that an SDK's makers publish, against Binnacle: they hold, or there is a reason",
  options: z.object({
    checkout: z.string().default("").describe("the folder of openai-node or anthropic-sdk-typescript"),
  }),
  async run(context, { checkout: folder }) {
    const checkout = readCheckout(folder, context.root);
    const { sdk, version, installedVersion, files } = checkout;
    context.say(`${sdk.packageName} ${installedVersion}, tests of ${version}`);
    const offered = files.filter((file) => resourceOf(sdk, file) !== undefined);
    const called = offered.filter((file) => !/batches|files|models/.test(file));
    const vendor = serveAnything();
    context.defer(vendor.close);
    const place = { context, checkout, vendor };
    return judgeRuns(checkout, [
      await runOnce(place, { name: "simulated", files: offered, targetOf: simTarget }),
      await runOnce(place, { name: "passed", files: called, targetOf: (_, model) => `${sdk.name}/${model}` }),
      await runOnce(place, { name: "native", files, targetOf: undefined }),
    ]);
  },
});

type TargetOf = (resource: string, model: string, sdk: PublishedSdk) => string;

interface Run {
  name: RunName;
  files: readonly string[];
  /** Who answers for the models that the tests name; undefined where the vendor itself is asked. */
  targetOf: TargetOf | undefined;
}

/** Each time in an installation of its own: the same models are answered by others. */
async function runOnce(
  { context, checkout, vendor }: { context: DrillContext; checkout: Checkout; vendor: AnsweringVendor },
  { name, files, targetOf }: Run,
): Promise<JudgedRun> {
  const { sdk, tests } = checkout;
  const folder = join(context.folder, name);
  mkdirSync(folder, { mode: 0o711 });
  const installation = createInstallation(
    { ...context, folder },
    { config: configFor(checkout, vendor.url, targetOf), env: { DRILL_KEY: "sk-drill" } },
  );
  const { url, key, stop } = await installation.start();
  context.say(`${name}: ${files.length} files …`);
  vendor.heard.length = 0;
  const base = targetOf ? url : `${url}/${sdk.name}`;
  const asked = { tests, files, url, key, base, baseUrl: base + sdk.basePath };
  const { outcomes, sent } = await runTests({ ...context, folder }, { ...asked, name });
  await stop();
  return { name, outcomes, ...(name !== "simulated" && { sent: sent.length, lost: lostOf(sent, vendor.heard) }) };
}

function configFor({ sdk, tests, files }: Checkout, vendorUrl: string, targetOf: TargetOf | undefined): object {
  const routes: Record<string, { targets: string[] }> = {};
  for (const file of targetOf ? files : []) {
    const resource = resourceOf(sdk, file);
    if (resource === undefined || resource.startsWith("models")) continue;
    for (const model of modelsIn(readFileSync(join(tests, file), "utf8")))
      routes[model] = { targets: [targetOf?.(resource, model, sdk) ?? ""] };
  }
  const vendor = (kind: string, path: string) => ({ kind, base_url: `${vendorUrl}${path}`, api_key: "env:DRILL_KEY" });
  return {
    gateway: { routes },
    providers: { vendors: { openai: vendor("openai", "/v1"), anthropic: vendor("anthropic", "") } },
  };
}

const VENDORS_ONLY = ["images", "audio", "moderations"];

/** The simulator, which speaks chat-completions alone; for what it does not do, the vendor that has an answer to everything. */
const simTarget: TargetOf = (resource, model, { name }) => {
  if (VENDORS_ONLY.includes(resource)) return `${name}/${model}`;
  return resource === "embeddings" ? "sim/sim-embedding" : "sim/sim-instant";
};
