// The OpenAPI document of the control plane, made from the contracts.
import { OpenAPIGenerator } from "@orpc/openapi";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import { apiContract } from "../contract.ts";

export type OpenApiDocument = Awaited<ReturnType<OpenAPIGenerator["generate"]>>;

export async function openApiDocument(): Promise<OpenApiDocument> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(apiContract, {
    info: {
      title: "Binnacle control plane",
      version: "1",
      description: "Keys, calls and the state of an installation. Models are called at /v1, in OpenAI's dialect.",
    },
    servers: [{ url: "/api/v1" }],
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: "http", scheme: "bearer", bearerFormat: "bk_…" } } },
  });
}
