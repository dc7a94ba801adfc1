// An answer from another server, as far as it is used here: a part of fetch's Response, which may stand in its place.
import { type Cancellation, signalOf } from "./cancellation.ts";

/** As the global `fetch`, answers aside; and ended by a `cancellation` as well as by a signal. */
export type Fetch = (url: string, init: FetchInit) => Promise<HttpAnswer>;

export type FetchInit = BunFetchRequestInit & {
  cancellation?: Cancellation;
  /** How long a new connection may take to be there; what knows nothing of connections takes no notice. */
  connectTimeoutMs?: number;
  /** Of the server: the connection is made there, and the URL's host only named. What makes no connections of its own cannot. */
  address?: string;
};

/** For a fetch that knows signals only. */
export function withSignal({
  cancellation,
  connectTimeoutMs: _,
  address: __,
  ...init
}: FetchInit): BunFetchRequestInit {
  return cancellation ? { ...init, signal: signalOf(cancellation) } : init;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** Null where fetch gives none. Read it, or `text`, once. */
  readonly body: AnswerBody | null;
  /** All of the body as UTF-8. Rejects when it breaks off. */
  text(): Promise<string>;
}

export interface AnswerHeaders {
  /** Names in any case; several of one name come joined by a comma. */
  get(name: string): string | null;
  has(name: string): boolean;
}

export interface AnswerBody extends AsyncIterable<Uint8Array> {
  getReader(): AnswerReader;
}

export interface AnswerReader {
  /** Rejects when the body breaks off; what came before that is given out first. */
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  /** Nobody wants the rest. */
  cancel(): Promise<void>;
}
