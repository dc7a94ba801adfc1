// schema/openapi.json: the control plane's API as it is served at /api/openapi.json.
import { openApiDocument } from "../../src/interfaces/http/openapi.ts";

export async function makeOpenApi(): Promise<string> {
  return `${JSON.stringify(await openApiDocument(), null, 2)}\n`;
}
