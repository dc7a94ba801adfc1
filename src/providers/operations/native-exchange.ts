// A request in a vendor's own words, at the vendor's own address: nothing is changed but the credential.
import { EVENT_STREAM, type Exchange } from "../exchange/exchange.ts";
import type { NativeRequest } from "../exchange/caller-request.ts";
import type { Target } from "../target.ts";
import { createByteMeter } from "./meter-bytes.ts";
import { isText, readAnything } from "./operation-exchange.ts";

export function createNativeExchange({ vendor, model }: Target, request: NativeRequest): Exchange {
  return {
    dialect: vendor.dialectsOf(model)[0] ?? "openai-chat",
    path: pathBehind(vendor.base_url, request.path),
    method: request.method,
    headers: request.headers,
    body: request.body,
    passesRefusals: true,
    dropped: [],
    isStreamed: (mediaType) => !isText(mediaType),
    readWhole: readAnything,
    createMeter: (eventBytesMax, mediaType) =>
      createByteMeter({ eventBytesMax, isEvents: mediaType.startsWith(EVENT_STREAM) }),
  };
}

/** What goes on after the base_url: its own last part is left out where the path says it again, as in `/openai/v1/files`. */
export function pathBehind(baseUrl: string, path: string): string {
  const parts = new URL(baseUrl).pathname.split("/").filter(Boolean);
  for (let from = 0; from < parts.length; from += 1) {
    const said = `/${parts.slice(from).join("/")}`;
    if (path === said || path.startsWith(`${said}/`)) return path.slice(said.length);
  }
  return path;
}
