// An answer from another server, as far as it is used here: a part of fetch's Response, which may stand in its place.

/** As the global `fetch`, answers aside. */
export type Fetch = (url: string, init: BunFetchRequestInit) => Promise<HttpAnswer>;

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
