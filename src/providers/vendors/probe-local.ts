// Looks for model servers on their usual ports on this machine. Silence, a refusal or anything odd means: not there.
import type { HttpAnswer, World } from "../../kernel/index.ts";
import { isObject } from "../formats/fields.ts";
import { type VendorKindName, vendorKind, vendorKindNames } from "./table.ts";
import { createVendor, type Vendor } from "./vendor.ts";

export interface ProbeOptions {
  timeoutMs?: number;
  /** The kinds to look for, and where, in place of the table's usual addresses. */
  addresses?: Partial<Record<VendorKindName, string>>;
}

/** A list of models may be this long; a longer answer is not one. */
const ANSWER_BYTES_MAX = 1024 * 1024;
const MODELS_MAX = 1000;

/** The servers that answered with a list of models, named after their kind. Takes at most about `timeoutMs` (300). */
export async function probeLocalServers(
  world: Pick<World, "fetch">,
  { timeoutMs = 300, addresses = usualAddresses() }: ProbeOptions = {},
): Promise<Vendor[]> {
  const found = await Promise.all(
    Object.entries(addresses).map(async ([kind, baseUrl]) => {
      const models = await listModels(world, { kind: kind as VendorKindName, baseUrl, timeoutMs });
      return models.length === 0
        ? []
        : [
            createVendor({
              name: kind,
              kind: kind as VendorKindName,
              base_url: baseUrl,
              found_by: "local server",
              models,
            }),
          ];
    }),
  );
  return found.flat();
}

function usualAddresses(): Partial<Record<VendorKindName, string>> {
  const rows = vendorKindNames.map((name) => [name, vendorKind(name)] as const);
  return Object.fromEntries(
    rows.filter(([, kind]) => kind.probe_path !== undefined).map(([name, kind]) => [name, kind.base_url]),
  );
}

interface Probe {
  kind: VendorKindName;
  baseUrl: string;
  timeoutMs: number;
}

async function listModels(world: Pick<World, "fetch">, { kind, baseUrl, timeoutMs }: Probe): Promise<string[]> {
  const path = vendorKind(kind).probe_path;
  if (path === undefined) return [];
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await world.fetch(new URL(path, baseUrl).href, { signal, redirect: "manual" });
    if (response.status !== 200) return [];
    return modelNames(JSON.parse(await readBounded(response)));
  } catch {
    return [];
  }
}

async function readBounded(response: HttpAnswer): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > ANSWER_BYTES_MAX) throw new RangeError("a list of models longer than any");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Ollama says `{models: [{name}]}`, the others OpenAI's `{data: [{id}]}`. */
function modelNames(body: unknown): string[] {
  if (!isObject(body)) return [];
  const list = Array.isArray(body["models"]) ? body["models"] : body["data"];
  if (!Array.isArray(list)) return [];
  const names = list.map((model) => (isObject(model) ? (model["name"] ?? model["id"]) : undefined));
  return names.filter((name) => typeof name === "string" && name !== "").slice(0, MODELS_MAX) as string[];
}
