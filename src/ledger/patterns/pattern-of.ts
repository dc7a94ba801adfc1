// A request's pattern: the same for all requests that were made from the same template, as far as can be told. Looked at in the
// projector, between a record's way into the journal and into PostgreSQL: no call waits for it.
import { readTexts } from "./read-texts.ts";
import { templateOf } from "./template-of.ts";

export interface Pattern {
  /** A UUIDv8 of the template's hash. */
  id: string;
  template: string;
}

export interface PatternReader {
  /** The pattern's id; undefined where a request has no words, or its body was not kept. */
  read(body: Uint8Array): string | undefined;
  /** Patterns that were met for the first time, or for the first time in a while, and are not told yet. */
  met(): readonly Pattern[];
  /** These are known to whoever is to know them. */
  told(patterns: readonly Pattern[]): void;
}

const TEMPLATE_LENGTH_MAX = 400;
/** Beyond this it begins anew: patterns met since are told again, which does no harm. */
const KNOWN_MAX = 10_000;
/** From time to time all are told again, so that it is known which are still met. */
const TOLD_AGAIN_AFTER_MS = 6 * 3_600_000;

export function createPatternReader({ nowMs }: { nowMs(): number }): PatternReader {
  const ids = new Map<string, string>();
  let met: Pattern[] = [];
  let begunMs = nowMs();
  return {
    read(body) {
      const texts = readTexts(body);
      const template = texts ? templateOf(texts).slice(0, TEMPLATE_LENGTH_MAX) : "";
      if (template === "") return undefined;
      const known = ids.get(template);
      if (known !== undefined) return known;
      const id = idOf(template);
      ids.set(template, id);
      met.push({ id, template });
      return id;
    },
    met: () => met.slice(),
    told(patterns) {
      const told = new Set(patterns);
      met = met.filter((pattern) => !told.has(pattern));
      if (ids.size < KNOWN_MAX && nowMs() - begunMs < TOLD_AGAIN_AFTER_MS) return;
      ids.clear();
      begunMs = nowMs();
    },
  };
}

function idOf(template: string): string {
  const hex = Bun.CryptoHasher.hash("sha1", template, "hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
