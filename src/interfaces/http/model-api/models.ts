// GET /v1/models and /v1beta/models, and one of them by its name: in the shape of whoever's client asks.
import type { Gateway } from "../../../gateway/index.ts";
import type { DialectName } from "../../../providers/index.ts";
import type { ModelView } from "../../../providers/contract.ts";
import { identifyCaller } from "../credential.ts";
import { interfacesErrors } from "../../errors.ts";
import { errorResponse } from "./respond.ts";
import type { ModelApiDeps } from "./serve-call.ts";

/** Every model that whoever asks may call, routes first; or the one of that name. */
export async function serveModels(request: Request, id: string | undefined, deps: ModelApiDeps): Promise<Response> {
  const { gateway, governance, world } = deps;
  const dialect = dialectOfClient(request);
  try {
    const caller = await identifyCaller(deps, request);
    const isAllowed = (model: ModelView): boolean => governance.rights.allowsModel(caller, model.id);
    if (id !== undefined) return Response.json(oneIn(dialect, gateway, id));
    return Response.json(listIn(dialect, gateway.models().filter(isAllowed), request));
  } catch (error) {
    return errorResponse(error, world, dialect);
  }
}

type ListDialect = Extract<DialectName, "openai-chat" | "anthropic-messages" | "gemini">;

/** Google's clients ask at an address or with a header of their own, Anthropic's name the version of their API. */
function dialectOfClient({ url, headers }: Request): ListDialect {
  if (headers.has("x-goog-api-key") || new URL(url).pathname.startsWith("/v1beta/")) return "gemini";
  return headers.has("anthropic-version") ? "anthropic-messages" : "openai-chat";
}

const describers: Record<ListDialect, (model: ModelView) => object> = {
  "openai-chat": ({ id, vendor }) => ({ id, object: "model", created: 0, owned_by: vendor ?? "binnacle" }),
  "anthropic-messages": ({ id, context_tokens, output_tokens_max }) => ({
    type: "model",
    id,
    display_name: id,
    created_at: "1970-01-01T00:00:00Z",
    ...(context_tokens !== null && { max_input_tokens: context_tokens }),
    ...(output_tokens_max !== null && { max_tokens: output_tokens_max }),
  }),
  gemini: ({ id, context_tokens, output_tokens_max }) => ({
    name: `models/${id}`,
    version: "",
    displayName: id,
    ...(context_tokens !== null && { inputTokenLimit: context_tokens }),
    ...(output_tokens_max !== null && { outputTokenLimit: output_tokens_max }),
    supportedGenerationMethods: ["generateContent", "streamGenerateContent", "countTokens"],
  }),
};

/** Throws `interfaces.not_found`. */
function oneIn(dialect: ListDialect, gateway: Gateway, id: string): object {
  const model = gateway.model(id);
  if (!model) throw interfacesErrors.not_found({ what: "model", id });
  return describers[dialect](model);
}

function listIn(dialect: ListDialect, models: ModelView[], request: Request): object {
  const { searchParams } = new URL(request.url);
  switch (dialect) {
    // OpenAI's list has no pages.
    case "openai-chat":
      return { object: "list", data: models.map(describers[dialect]) };
    case "anthropic-messages": {
      const page = pageOf(models, { after: searchParams.get("after_id"), limit: searchParams.get("limit") });
      return {
        data: page.models.map(describers[dialect]),
        has_more: page.next !== undefined,
        first_id: page.models[0]?.id ?? null,
        last_id: page.models.at(-1)?.id ?? null,
      };
    }
    case "gemini": {
      const page = pageOf(models, { after: searchParams.get("pageToken"), limit: searchParams.get("pageSize") });
      return {
        models: page.models.map(describers[dialect]),
        ...(page.next !== undefined && { nextPageToken: page.next }),
      };
    }
  }
}

const PAGE_MAX = 1000;
const PAGE_DEFAULT = 50;

function pageOf(models: ModelView[], { after, limit }: { after: string | null; limit: string | null }) {
  const from = after === null ? 0 : models.findIndex(({ id }) => id === after) + 1;
  const size = Math.min(PAGE_MAX, Math.max(1, Math.trunc(Number(limit ?? PAGE_DEFAULT)) || PAGE_DEFAULT));
  const page = models.slice(from, from + size);
  return { models: page, next: from + size < models.length ? page.at(-1)?.id : undefined };
}
