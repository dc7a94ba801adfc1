// What shows a vendor who calls. A vendor may have several credentials: they take turns, and one that is refused or out of
// quota rests while the others go on.

/** How a vendor wants to be shown an API key. */
export type KeyScheme = "bearer" | "x-api-key" | "x-goog-api-key" | "api-key" | "xi-api-key" | "token";

export interface Credential {
  /** Where it comes from, for the record: `env:OPENAI_API_KEY`. Never the secret itself. */
  readonly name: string;
  /** The headers that go with a request. Some must see all of it, to sign it, or fetch a token first. */
  authorize(request: UnsignedRequest): Record<string, string> | Promise<Record<string, string>>;
}

export interface UnsignedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | Uint8Array | FormData | undefined;
}

export interface CredentialPool {
  readonly size: number;
  /** The one of this name, if it does not rest; else the next in turn that does not; when all do, the one that is ready first. */
  take(nowMs: number, wanted?: string): Credential;
  /** Lets it rest until then. */
  rest(credential: Credential, untilMs: number): void;
  /** Whether one is there that does not rest. */
  isReady(nowMs: number): boolean;
  /** The names of those that do not rest; of all when all do. */
  readyNames(nowMs: number): readonly string[];
}

export const noCredential: Credential = { name: "none", authorize: () => ({}) };

export function keyCredential(name: string, { key, scheme }: { key: string; scheme: KeyScheme }): Credential {
  const headers = headersOf(key, scheme);
  return { name, authorize: () => headers };
}

function headersOf(key: string, scheme: KeyScheme): Record<string, string> {
  switch (scheme) {
    case "bearer":
      return { authorization: `Bearer ${key}` };
    case "token":
      return { authorization: `Token ${key}` };
    default:
      return { [scheme]: key };
  }
}

export function createCredentialPool(credentials: readonly Credential[]): CredentialPool {
  const all = credentials.length > 0 ? credentials : [noCredential];
  const restingUntilMs = new Map<Credential, number>();
  let turn = 0;

  const readyAtMs = (credential: Credential): number => restingUntilMs.get(credential) ?? 0;
  return {
    size: all.length,
    take(nowMs, wanted) {
      const own = wanted === undefined ? undefined : all.find(({ name }) => name === wanted);
      if (own && readyAtMs(own) <= nowMs) return own;
      let best = all[0] ?? noCredential;
      for (let step = 0; step < all.length; step += 1) {
        const place = (turn + step) % all.length;
        const candidate = all[place] ?? best;
        if (readyAtMs(candidate) <= nowMs) {
          turn = place + 1;
          return candidate;
        }
        if (readyAtMs(candidate) < readyAtMs(best)) best = candidate;
      }
      return best;
    },
    rest: (credential, untilMs) => void restingUntilMs.set(credential, untilMs),
    isReady: (nowMs) => all.some((credential) => readyAtMs(credential) <= nowMs),
    readyNames(nowMs) {
      const ready = all.filter((credential) => readyAtMs(credential) <= nowMs);
      return (ready.length > 0 ? ready : all).map(({ name }) => name);
    },
  };
}
