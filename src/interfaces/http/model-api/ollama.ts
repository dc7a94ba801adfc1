// What Ollama's clients ask beside chats: which models there are, what one of them can, and how old the server is. These paths
// lie under `/api` as the control plane does, which is at `/api/v1` and needs none of them.
import type { Hono } from "hono";
import type { Gateway } from "../../../gateway/index.ts";
import type { ModelView } from "../../../providers/contract.ts";
import { interfacesErrors } from "../../errors.ts";
import { identifyByKey } from "../credential.ts";
import { parseJson, readBody } from "../read-body.ts";
import { errorResponse } from "./respond.ts";
import type { ModelApiDeps } from "./serve-call.ts";

/** Of Ollama, as far as its chats are spoken here: some clients refuse a server that seems too old for them. */
const VERSION = "0.12.11";

export function addOllamaRoutes(app: Hono, deps: ModelApiDeps): void {
  app.get("/api/version", () => Response.json({ version: VERSION }));
  app.get("/api/tags", (context) => serve(context.req.raw, deps, (gateway) => listIn(gateway)));
  app.post("/api/show", (context) =>
    serve(context.req.raw, deps, async (gateway) => {
      const body = parseJson(await readBody(context.req.raw, deps.config.body_bytes_max));
      return describe(gateway, nameIn(body));
    }),
  );
}

async function serve(
  request: Request,
  deps: ModelApiDeps,
  read: (gateway: Gateway) => object | Promise<object>,
): Promise<Response> {
  const { gateway, world } = deps;
  try {
    await identifyByKey(deps, request);
    return Response.json(await read(gateway));
  } catch (error) {
    return errorResponse(error, world, "ollama-chat");
  }
}

/** Files of models have a size, a time and a digest; what is behind a gateway has none that could be told. */
function listIn(gateway: Gateway): object {
  const models = gateway.models().map((model) => ({
    name: model.id,
    model: model.id,
    modified_at: "1970-01-01T00:00:00Z",
    size: 0,
    digest: "",
    details: detailsOf(model),
  }));
  return { models };
}

function detailsOf({ vendor }: ModelView): object {
  const family = vendor ?? "binnacle";
  return { parent_model: "", format: "", family, families: [family], parameter_size: "", quantization_level: "" };
}

/** Ollama's words for what models can, where they are not ours. */
const ABILITIES = new Map([
  ["tools", "tools"],
  ["vision", "vision"],
  ["reasoning", "thinking"],
]);

/** Throws `interfaces.not_found`. */
function describe(gateway: Gateway, id: string): object {
  const model = gateway.model(id);
  if (!model) throw interfacesErrors.not_found({ what: "model", id });
  const family = model.vendor ?? "binnacle";
  const length = model.context_tokens;
  return {
    details: detailsOf(model),
    model_info: {
      "general.architecture": family,
      "general.basename": model.id,
      ...(length !== null && { [`${family}.context_length`]: length }),
    },
    capabilities: ["completion", ...model.capabilities.flatMap((each) => ABILITIES.get(each) ?? [])],
  };
}

/** Older clients say `name`. */
function nameIn(body: unknown): string {
  const { model, name } =
    typeof body === "object" && body !== null ? (body as { model?: unknown; name?: unknown }) : {};
  const said = model ?? name;
  return typeof said === "string" ? said : "";
}
