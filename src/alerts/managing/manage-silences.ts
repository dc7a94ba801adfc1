// Silences as people make and end them.
import { newId } from "../../kernel/index.ts";
import type { CreateSilence, SilenceView } from "../contract.ts";
import { alertsErrors } from "../errors.ts";
import type { Silence } from "../states/silences.ts";
import type { SilenceStore } from "../store/silence-store.ts";
import type { By } from "./manage-definitions.ts";
import type { WithDatabase } from "../../storage/index.ts";

/** All may throw `alerts.unavailable`. */
export interface Silences {
  list(): Promise<SilenceView[]>;
  /** Throws `alerts.silence_over` and `alerts.full`. */
  create(silence: CreateSilence, by: By): Promise<SilenceView>;
  /** Throws `alerts.not_found`. */
  end(id: string): Promise<void>;
}

export function createSilences(
  { silences_max: max }: { silences_max: number },
  { store, withDatabase, nowMs }: { store: SilenceStore; withDatabase: WithDatabase; nowMs(): number },
): Silences {
  return {
    async list() {
      return (await withDatabase(() => store.silences(nowMs()))).map(viewOf);
    },
    async create({ matchers, starts_at_ms, until_ms, comment }, { keyId, keyName }) {
      const createdAtMs = nowMs();
      const startsAtMs = starts_at_ms ?? createdAtMs;
      if (until_ms <= Math.max(startsAtMs, createdAtMs)) throw alertsErrors.silence_over({ untilMs: until_ms });
      const when = { startsAtMs, untilMs: until_ms, createdAtMs };
      const silence: Silence = { id: newId(), matchers, ...when, comment, keyId, keyName };
      const isMade = await withDatabase(() => store.insert(silence, max));
      if (!isMade) throw alertsErrors.full({ what: "silences", max, option: "alerts.silences_max" });
      return viewOf(silence);
    },
    async end(id) {
      const isEnded = await withDatabase(() => store.end(id, nowMs()));
      if (!isEnded) throw alertsErrors.not_found({ what: "silence", name: id });
    },
  };
}

function viewOf({ id, matchers, startsAtMs, untilMs, comment, createdAtMs, keyId, keyName }: Silence): SilenceView {
  return {
    id,
    matchers: matchers.map(({ name, values }) => ({ name, values: [...values] })),
    starts_at_ms: startsAtMs,
    until_ms: untilMs,
    comment,
    created_at_ms: createdAtMs,
    created_by: { key_id: keyId, key_name: keyName },
  };
}
