// Where a vendor that speaks OpenAI's protocol has its Realtime API, and one try at being let in.
import type { AppError, Socket, SocketListener, World } from "../../kernel/index.ts";
import { providersErrors } from "../errors.ts";
import type { Target } from "../target.ts";
import type { Credential } from "../vendors/index.ts";

export interface RealtimeCall {
  target: Target;
  credential: Credential;
  /** The caller's, as far as the vendor should see them. */
  headers: Record<string, string>;
  listener: SocketListener;
  timeoutMs: number;
}

/** Throws `providers.not_offered` and `providers.vendor_*`: AppErrors whose `retry` says whether another try can help. */
export async function connectRealtime(call: RealtimeCall, world: World): Promise<Socket> {
  const { target, credential, listener, timeoutMs } = call;
  const url = realtimeUrl(target);
  const shown = credential.authorize({ method: "GET", url, headers: call.headers, body: undefined });
  const headers = { ...call.headers, ...(await shown) };
  const socketUrl = url.replace(/^http/, "ws");
  const opened = await world.openSocket(socketUrl, { headers, protocols: ["realtime"], listener, timeoutMs });
  if (!opened.ok) throw refusal(target, opened);
  return opened.socket;
}

/** The address as `https:`. Throws `providers.not_offered`. */
export function realtimeUrl({ id, vendor, model }: Target): string {
  const isOffered = vendor.dialectsOf(model).includes("openai-chat") && vendor.fetch === undefined;
  if (!isOffered) throw providersErrors.not_offered({ target: id, operation: "realtime" });
  return `${vendor.base_url}/realtime?model=${encodeURIComponent(model)}`;
}

function refusal({ id: target, vendor }: Target, refused: { status: number | null; detail: string }): AppError {
  const { status } = refused;
  const cause = new Error(refused.detail);
  if (status === null) return providersErrors.vendor_unreachable({ target, url: vendor.base_url }, cause);
  const params = { target, status, detail: "it opens no WebSocket for this model and credential" };
  if (status === 401 || status === 403) return providersErrors.vendor_denied(params, cause);
  if (status === 429) return providersErrors.vendor_rate_limited(params, cause);
  if (status >= 400 && status < 500) return providersErrors.vendor_refused(params, cause);
  return providersErrors.vendor_failed(params, cause);
}
