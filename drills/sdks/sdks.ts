// `sdks`: the tests that OpenAI and Anthropic publish with their SDKs, run against Binnacle as their makers run them against a
// server that pretends. Not a word of them is kept here: the operator names a checkout.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Check, defineDrill } from "../drill.ts";
import { createInstallation } from "../installation/binnacle.ts";
import { type Checkout, modelsIn, readCheckout, resourceOf } from "./published-tests.ts";
import { type Reason, reasonFor, reasons } from "./reasons.ts";
import { runTests, type TestOutcome } from "./run-tests.ts";
import { serveAnything } from "./vendor.ts";

export const sdksDrill = defineDrill({
  name: "sdks",
  takes: "1 min",
  summary: "the tests that an SDK's makers publish, against Binnacle: they hold, or there is a reason",
  options: z.object({
    checkout: z.string().default("").describe("the folder of openai-node or anthropic-sdk-typescript"),
  }),
  async run(context, { checkout: folder }) {
    const checkout = readCheckout(folder, context.root);
    const { sdk, version, installedVersion, tests, files } = checkout;
    const vendor = serveAnything();
    context.defer(vendor.close);
    const installation = createInstallation(context, {
      config: configFor(checkout, vendor.url),
      env: { DRILL_KEY: "sk-drill" },
    });
    const { url, key, stop } = await installation.start();
    const offered = files.filter((file) => resourceOf(sdk, file) !== undefined);
    context.say(
      `${sdk.packageName} ${installedVersion}, tests of ${version}: ${offered.length} files of what is offered …`,
    );
    const place = { tests, url, key };
    const own = await runTests(context, { ...place, files: offered, baseUrl: `${url}${sdk.basePath}`, standsIn: true });
    context.say(`all ${files.length} files in ${sdk.name}'s own words …`);
    const baseUrl = `${url}/${sdk.name}${sdk.basePath}`;
    const native = await runTests(context, { ...place, files, baseUrl, standsIn: false });
    await stop();
    return judge(checkout, own, native);
  },
});

/** The models that the tests name are answered by the simulator; what it does not do, by the vendor that has an answer to everything. */
function configFor({ sdk, tests, files }: Checkout, vendorUrl: string): object {
  const routes: Record<string, { targets: string[] }> = {};
  for (const file of files) {
    const resource = resourceOf(sdk, file);
    if (resource === undefined || resource.startsWith("models")) continue;
    const targetOf = targetsOf(resource, sdk.name);
    for (const model of modelsIn(readFileSync(join(tests, file), "utf8")))
      routes[model] = { targets: [targetOf(model)] };
  }
  const vendor = (kind: string, path: string) => ({ kind, base_url: `${vendorUrl}${path}`, api_key: "env:DRILL_KEY" });
  return {
    gateway: { routes },
    providers: { vendors: { openai: vendor("openai", "/v1"), anthropic: vendor("anthropic", "") } },
  };
}

const VENDORS_ONLY = ["images", "audio", "moderations"];

function targetsOf(resource: string, vendor: string): (model: string) => string {
  if (VENDORS_ONLY.includes(resource)) return (model) => `${vendor}/${model}`;
  return () => (resource === "embeddings" ? "sim/sim-embedding" : "sim/sim-instant");
}

function judge({ sdk, version, installedVersion }: Checkout, own: TestOutcome[], native: TestOutcome[]) {
  const used = new Set<Reason>();
  const surprises: Check[] = [];
  const table = [["", "resource", "tests", "hold", "not offered", "differ", "skipped", "surprise"]];
  const rows = Map.groupBy(own, ({ file }) => resourceOf(sdk, file) ?? "");
  for (const [resource, tests] of rows) table.push(rowOf(resource, tests));
  table.push(rowOf("all", own), rowOf("all, in its own words", native));
  const unused = reasons.filter((reason) => reason.sdk === sdk.name && !used.has(reason));
  const holding = (tests: TestOutcome[]): number => tests.filter(({ outcome }) => outcome === "passed").length;
  const checks: Check[] = [
    ...surprises,
    {
      that: "every published test of what is offered holds, or has its reason",
      holds: surprises.length === 0 && own.length > 0,
      found: surprises.length === 0 ? `${own.length} tests` : `${surprises.length} surprises`,
    },
    {
      that: "every listed reason is still needed",
      holds: unused.length === 0,
      found: unused.map(({ reason }) => reason).join("; ") || "all are",
    },
  ];
  const figures = {
    sdk: `${sdk.packageName} ${installedVersion}`,
    tests_of: version,
    tests: own.length,
    hold: holding(own),
    native_tests: native.length,
    native_hold: holding(native),
  };
  return { checks, figures, table };

  function rowOf(resource: string, tests: TestOutcome[]): string[] {
    const count = { passed: 0, "not offered": 0, differs: 0, skipped: 0, surprise: 0 };
    for (const test of tests) {
      const reason = test.outcome === "failed" ? reasonFor(sdk.name, test) : undefined;
      if (reason) used.add(reason);
      else if (test.outcome === "failed")
        surprises.push({ that: `${test.file}: ${test.title}`, holds: false, found: test.message.slice(0, 300) });
      count[test.outcome === "failed" ? (reason?.kind ?? "surprise") : test.outcome] += 1;
    }
    return ["", resource, ...[tests.length, ...Object.values(count)].map(String)];
  }
}
