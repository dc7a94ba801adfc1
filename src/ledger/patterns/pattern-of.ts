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
  /**
   * The pattern's id. Undefined where a request has no words, or its body was not kept; and for a template that was not met before:
   * most of what people type is met once, and would be as many patterns as there are requests.
   */
  read(body: Uint8Array): string | undefined;
  /** Patterns that were met again, for the first time or for the first time in a while, and are not told yet. */
  met(): readonly Pattern[];
  /** These are known to whoever is to know them. */
  told(patterns: readonly Pattern[]): void;
}

const TEMPLATE_LENGTH_MAX = 400;
/** Beyond this it begins anew: patterns met since are told again, which does no harm. */
const KNOWN_MAX = 10_000;
/** Templates that were met once are remembered up to this many. */
const ONCE_MAX = 50_000;
/** From time to time all are told again, so that it is known which are still met. */
const TOLD_AGAIN_AFTER_MS = 6 * 3_600_000;

export function createPatternReader({ nowMs }: { nowMs(): number }): PatternReader {
  const ids = new Map<string, string>();
  const once = new Set<number | bigint>();
  let untold: Pattern[] = [];
  let begunMs = nowMs();

  function meet(template: string): string | undefined {
    const hash = Bun.hash(template);
    if (!once.delete(hash)) {
      if (once.size >= ONCE_MAX) once.clear();
      once.add(hash);
      return undefined;
    }
    const id = idOf(template);
    ids.set(template, id);
    untold.push({ id, template });
    return id;
  }

  return {
    read(body) {
      const texts = readTexts(body);
      const template = texts ? templateOf(texts).slice(0, TEMPLATE_LENGTH_MAX) : "";
      return template === "" ? undefined : (ids.get(template) ?? meet(template));
    },
    met: () => untold.slice(),
    told(patterns) {
      const told = new Set(patterns);
      untold = untold.filter((pattern) => !told.has(pattern));
      if (ids.size < KNOWN_MAX && nowMs() - begunMs < TOLD_AGAIN_AFTER_MS) return;
      for (const template of ids.keys()) if (once.size < ONCE_MAX) once.add(Bun.hash(template));
      ids.clear();
      begunMs = nowMs();
    },
  };
}

function idOf(template: string): string {
  const hex = Bun.CryptoHasher.hash("sha1", template, "hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
