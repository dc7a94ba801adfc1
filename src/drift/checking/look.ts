// Takes the record in, hour by hour, as summaries of profiles; each record is read once at most.
import type { Log } from "../../kernel/index.ts";
import type { Ledger, RecordSample, SampledRecord } from "../../ledger/index.ts";
import type { DriftConfig } from "../config.ts";
import { nameOf } from "../profile-name.ts";
import type { SeenHour, SliceStore } from "../store/slices.ts";
import { HOUR_MS, hourOf } from "../streams/rhythm.ts";
import { addCall, type Centroid, emptySummary } from "../summaries/summary.ts";

/** Of the ledger's. */
export type ProfileSource = Pick<Ledger, "sampleRecords">;

/** Texts as vectors of length one; throws for a text that has none. */
export interface TextVectors {
  readonly model: string;
  embed(texts: readonly string[]): Promise<Float32Array[]>;
}

interface LookDeps {
  source: ProfileSource;
  slices: SliceStore;
  embedder: TextVectors;
  log: Pick<Log, "debug">;
}

export interface Looked {
  untilMs: number;
  /** The oldest record of each profile that was read now. */
  oldestMs: number[];
}

export interface Look {
  /** All that is new, up to `looks_max` hours of it. */
  takeIn(nowMs: number): Promise<Looked>;
  /** One hour of one profile, or a part of it, and nothing is kept. */
  read(profile: SeenHour["profile"], sample: RecordSample, hourMs: number): Promise<SeenHour>;
}

export function createLook(config: DriftConfig, { source, slices, embedder, log }: LookDeps): Look {
  const read: Look["read"] = async (profile, { seen, records }, hourMs) => {
    const summary = emptySummary();
    for (const record of records) addCall(summary, record);
    if (config.embedding.enabled) summary.centroid = await centroidOf(records);
    return { profile, hourMs, seen, summary };
  };

  async function centroidOf(records: readonly SampledRecord[]): Promise<Centroid | null> {
    const texts = records.flatMap(({ response_preview }) => (response_preview ? [response_preview] : []));
    const sum: number[] = [];
    let count = 0;
    for (const text of texts.slice(0, config.embedding.texts_max)) {
      const [vector] = await embedder.embed([text]).catch((err: unknown) => {
        log.debug({ err }, "an answer has no vector, and is left out of its profile's meaning");
        return [];
      });
      if (!vector) continue;
      count += 1;
      for (const [place, each] of vector.entries()) sum[place] = (sum[place] ?? 0) + each;
    }
    if (count === 0) return null;
    return { texts: count, model: embedder.model, sum: sum.map((each) => Math.round(each * 1e5) / 1e5) };
  }

  return {
    read,
    async takeIn(nowMs) {
      const untilMs = nowMs - config.settle;
      const known = await slices.lookedUntil();
      const firstMs = hourOf(known === undefined ? untilMs - config.look_back : untilMs - config.keep);
      let sinceMs = Math.max(known ?? 0, firstMs);
      const oldest = new Map<string, number>();
      for (let looks = 0; looks < config.looks_max && sinceMs < untilMs; looks += 1) {
        const endMs = Math.min(hourOf(sinceMs) + HOUR_MS, untilMs);
        const samples = await source.sampleRecords({
          since_ms: sinceMs,
          until_ms: endMs,
          records_max: config.records_max,
          profiles_max: config.profiles_max,
        });
        const hours: SeenHour[] = [];
        for (const sample of samples) {
          const name = nameOf(sample.profile);
          hours.push(await read(name, sample, hourOf(sinceMs)));
          for (const { at_ms } of sample.records) oldest.set(name, Math.min(oldest.get(name) ?? at_ms, at_ms));
        }
        await slices.add(hours, { untilMs: endMs, profilesMax: config.profiles_max });
        sinceMs = endMs;
      }
      return { untilMs: sinceMs, oldestMs: [...oldest.values()] };
    },
  };
}
