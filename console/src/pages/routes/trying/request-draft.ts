// A request that is to be tried: as fields, and as the JSON that the API is sent.
import type { Explain } from "../../../../../src/gateway/contract.ts";

export interface RequestDraft {
  message: string;
  user: string;
  region: string;
  dataClass: string;
  tags: string;
}

export const firstDraft: RequestDraft = { message: "Hello", user: "", region: "", dataClass: "", tags: "" };

/** How many calls like it are foretold. */
export const times = 1000;

/** What is sent for a draft. */
export function explainFrom(model: string, draft: RequestDraft): Partial<Explain> & Pick<Explain, "request"> {
  const said = {
    "x-binnacle-user": draft.user,
    "x-binnacle-region": draft.region,
    "x-binnacle-data-class": draft.dataClass,
    "x-binnacle-tags": draft.tags,
  };
  const headers = Object.fromEntries(Object.entries(said).filter(([, value]) => value.trim() !== ""));
  return {
    request: { model, messages: [{ role: "user", content: draft.message }] },
    ...(Object.keys(headers).length > 0 && { headers }),
    times,
  };
}

export type ReadJson = { body: Record<string, unknown> } | { problem: string };

/** What was typed; the server judges what it means. */
export function readJson(text: string): ReadJson {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body))
      return { body: body as Record<string, unknown> };
    return { problem: "This must be one JSON object, with `request` in it." };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
