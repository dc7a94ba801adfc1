// Public requests of which it is known what they are about: CLINC150 in a checkout of github.com/clinc/oos-eval. 150 intents in ten
// domains, and requests that belong to none.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

export interface LabelledRequest {
  text: string;
  intent: string;
  domain: string;
}

export interface LabelledRequests {
  /** Examples are taken from here. */
  training: readonly LabelledRequest[];
  /** Something is chosen by these, and told of the test. */
  validation: readonly LabelledRequest[];
  test: readonly LabelledRequest[];
  /** Of no domain. */
  others: readonly string[];
}

const pairs = z.array(z.tuple([z.string(), z.string()]));
const partsSchema = z.record(z.string(), pairs);
const domainsSchema = z.record(z.string(), z.array(z.string()));

/** Throws when they are not there. */
export function readLabelledRequests(checkout: string): LabelledRequests {
  const path = join(checkout, "data/data_full.json");
  if (!existsSync(path)) throw new Error(`${checkout} is not a checkout of oos-eval: there is no ${path}`);
  return requestsFrom(readJson(path), readJson(join(checkout, "data/domains.json")));
}

export function requestsFrom(requests: unknown, domains: unknown): LabelledRequests {
  const parts = partsSchema.parse(requests);
  const domainOf = new Map(
    Object.entries(domainsSchema.parse(domains)).flatMap(([domain, intents]) =>
      intents.map((intent) => [intent, domain] as const),
    ),
  );
  const labelled = (all: z.output<typeof pairs> = []): LabelledRequest[] =>
    all.map(([text, intent]) => ({ text, intent, domain: domainOf.get(intent) ?? intent }));
  return {
    training: labelled(parts["train"]),
    validation: labelled(parts["val"]),
    test: labelled(parts["test"]),
    others: (parts["oos_test"] ?? []).map(([text]) => text),
  };
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
