// `npm run generate`: writes every file of this repository that is made from others. They are committed, so that their
// changes are reviewed; a tidy test makes each again and fails when what is committed is not the same.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generateCatalogue } from "./generate-catalogue.ts";
import { makeClientOperations } from "./generators/client-operations.ts";
import { makeCliReference } from "./generators/cli-reference.ts";
import { makeConfigReference } from "./generators/config-reference.ts";
import { makeConfigSchema } from "./generators/config-schema.ts";
import { makeErrorReference } from "./generators/error-reference.ts";
import { makeFilterReference } from "./generators/filter-reference.ts";
import { makeOpenApi } from "./generators/openapi.ts";
import { makePolicyReference, makePolicySchema } from "./generators/policy-reference.ts";
import { makeTelemetryReference } from "./generators/telemetry-reference.ts";
import { makeTranslationReference } from "./generators/translation/translation-reference.ts";

const root = join(import.meta.dir, "..");

export interface GeneratedFile {
  /** From the repository's root. */
  path: string;
  make(): string | Promise<string>;
}

export const generatedFiles: GeneratedFile[] = [
  { path: "schema/openapi.json", make: makeOpenApi },
  { path: "client/operations.generated.json", make: makeClientOperations },
  { path: "schema/config.schema.json", make: makeConfigSchema },
  { path: "docs/reference/errors.md", make: () => makeErrorReference(root) },
  { path: "docs/reference/config.md", make: makeConfigReference },
  { path: "docs/reference/cli.md", make: makeCliReference },
  { path: "docs/reference/telemetry.md", make: makeTelemetryReference },
  { path: "docs/reference/filters.md", make: makeFilterReference },
  { path: "docs/reference/policies.md", make: makePolicyReference },
  { path: "schema/policies.cedarschema", make: makePolicySchema },
  { path: "docs/reference/translation.md", make: makeTranslationReference },
  { path: "src/providers/catalogue/models.generated.json", make: generateCatalogue },
];

/** What is committed; undefined when there is nothing. */
export function readCommitted(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  for (const { path, make } of generatedFiles) {
    const text = await make();
    console.log(`${text === readCommitted(path) ? "as it was" : "written  "}  ${path}`);
    await Bun.write(join(root, path), text);
  }
}
