// The operations of the API, out of its own document: what each is called, where it is, and what it takes.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonSchema } from "./example-of.ts";

export interface Parameter {
  name: string;
  in: "path" | "query";
  required?: boolean;
  schema?: JsonSchema;
}

export interface Operation {
  id: string;
  method: string;
  /** As the document writes it: `/calls/{id}`. */
  path: string;
  parameters: readonly Parameter[];
  body: JsonSchema | undefined;
}

interface DocumentedOperation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema?: JsonSchema }> };
}

export function readOperations(): Operation[] {
  const text = readFileSync(join(import.meta.dir, "../../../schema/openapi.json"), "utf8");
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, DocumentedOperation>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, parameters = [], requestBody }]) => ({
      id: operationId,
      method: method.toUpperCase(),
      path,
      parameters,
      body: requestBody?.content["application/json"]?.schema,
    })),
  );
}
