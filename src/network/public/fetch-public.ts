// Requests to addresses that a user, or another server, named: to public servers only, at the address that was judged, without
// following redirects, within a time and a size. What the operator's own config file names needs none of this.
import {
  type Cancellation,
  createCancellation,
  type Fetch,
  type FetchInit,
  type HttpAnswer,
} from "../../kernel/index.ts";
import type { NetworkConfig } from "../config.ts";
import { networkErrors } from "../errors.ts";
import { createChooseAddress, type Resolve, resolveBySystem } from "./choose-address.ts";

export interface PublicFetchDeps {
  /** Connects to `address` where one is given. */
  fetch: Fetch;
  resolve?: Resolve;
}

/** As `fetch`; throws `network.*` besides. Answers that redirect are given as they are. */
export function createPublicFetch(config: NetworkConfig, { fetch, resolve = resolveBySystem }: PublicFetchDeps): Fetch {
  const chooseAddress = createChooseAddress(config, resolve);
  const send = fetch;
  return async (url, init) => {
    const { hostname, host, href } = checkUrl(url);
    // Only in user names has it a meaning, and there is none.
    const asked = href.replaceAll("@", "%40");
    const cancellation = createCancellation();
    const stop = follow(init, cancellation);
    const timer = setTimeout(
      () => cancellation.cancel(networkErrors.too_slow({ host, ms: config.timeout })),
      config.timeout,
    );
    const end = (): void => {
      clearTimeout(timer);
      stop();
    };
    try {
      const address = await unlessCancelled(chooseAddress(hostname), cancellation);
      const { signal: _, ...rest } = init;
      const answer = await send(asked, { ...rest, redirect: "manual", address, cancellation });
      return bounded(answer, { host, max: config.answer_bytes_max, end });
    } catch (error) {
      end();
      throw error;
    }
  };
}

/** Throws `network.url_refused`. */
function checkUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url) throw networkErrors.url_refused({ why: "it is no URL" });
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw networkErrors.url_refused({ why: `${url.protocol} is not asked` });
  if (url.username !== "" || url.password !== "")
    throw networkErrors.url_refused({ why: "it holds a user name or a password" });
  url.hash = "";
  return url;
}

/** Cancels ours when theirs is cancelled; gives what lets go of it. */
function follow({ cancellation: theirs, signal }: FetchInit, ours: Cancellation): () => void {
  const cancel = (reason: unknown): void => ours.cancel(reason);
  const abort = (): void => cancel(signal?.reason);
  if (theirs?.isCancelled) cancel(theirs.reason);
  else if (theirs) theirs.onCancel = cancel;
  if (signal?.aborted) abort();
  else signal?.addEventListener("abort", abort, { once: true });
  return () => {
    if (theirs) theirs.onCancel = undefined;
    signal?.removeEventListener("abort", abort);
  };
}

function unlessCancelled<T>(work: Promise<T>, cancellation: Cancellation): Promise<T> {
  if (cancellation.isCancelled) return Promise.reject(cancellation.reason);
  return new Promise((resolve, reject) => {
    cancellation.onCancel = reject;
    work.then(resolve, reject).finally(() => (cancellation.onCancel = undefined));
  });
}

interface Bounds {
  host: string;
  max: number;
  /** Called once nothing more comes. */
  end(): void;
}

/** The same answer, whose body breaks off beyond the bound, however it was packed. */
function bounded({ status, headers, body }: HttpAnswer, { host, max, end }: Bounds): HttpAnswer {
  if (!body) {
    end();
    return { status, headers, body, text: () => Promise.resolve("") };
  }
  const reader = body.getReader();
  let bytes = 0;
  async function read(): Promise<{ done: boolean; value?: Uint8Array | undefined }> {
    const piece = await reader.read().catch((error: unknown) => {
      end();
      throw error;
    });
    bytes += piece.value?.length ?? 0;
    if (bytes > max) {
      await cancel();
      throw networkErrors.too_large({ host, max });
    }
    if (piece.done) end();
    return piece;
  }
  async function cancel(): Promise<void> {
    end();
    await reader.cancel();
  }
  async function* iterate(): AsyncGenerator<Uint8Array> {
    try {
      for (let next = await read(); next.value; next = await read()) yield next.value;
    } finally {
      await cancel();
    }
  }
  async function text(): Promise<string> {
    const pieces: Uint8Array[] = [];
    for (let next = await read(); next.value; next = await read()) pieces.push(next.value);
    return Buffer.concat(pieces).toString("utf8");
  }
  return {
    status,
    headers,
    body: { getReader: () => ({ read, cancel }), [Symbol.asyncIterator]: iterate },
    text,
  };
}
