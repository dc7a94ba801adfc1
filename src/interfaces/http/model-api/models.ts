// GET /v1/models and /v1/models/{id}, in OpenAI's shape.
import type { Gateway } from "../../../gateway/index.ts";
import { interfacesErrors } from "../../errors.ts";

/** Every model that can be called, routes first. */
export function listModels(gateway: Gateway): Response {
  return Response.json({ object: "list", data: gateway.models().map((model) => modelObject(model.id, model.vendor)) });
}

/** Throws `interfaces.not_found`. */
export function findModel(gateway: Gateway, id: string): Response {
  const model = gateway.models().find((candidate) => candidate.id === id);
  if (!model) throw interfacesErrors.not_found({ what: "model", id });
  return Response.json(modelObject(model.id, model.vendor));
}

function modelObject(id: string, vendor: string | null) {
  return { id, object: "model", created: 0, owned_by: vendor ?? "binnacle" };
}
