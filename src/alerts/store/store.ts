// The store of this room, in its parts.
import type { Storage } from "../../storage/index.ts";
import { createDefinitionStore, type DefinitionStore } from "./definition-store.ts";
import { createEvaluationStore, type EvaluationStore } from "./evaluation-store.ts";
import { createOutboxStore, type OutboxStore } from "./outbox-store.ts";
import { createScoreStore, type ScoreStore } from "./score-store.ts";
import { createSilenceStore, type SilenceStore } from "./silence-store.ts";
import type { Db } from "./tables.ts";

export interface AlertsStore {
  definitions: DefinitionStore;
  evaluation: EvaluationStore;
  outbox: OutboxStore;
  scores: ScoreStore;
  silences: SilenceStore;
}

export function createAlertsStore(storage: Pick<Storage, "tables">): AlertsStore {
  const db = (): Db => storage.tables<unknown>();
  return {
    definitions: createDefinitionStore(db),
    evaluation: createEvaluationStore(db),
    outbox: createOutboxStore(db),
    scores: createScoreStore(db),
    silences: createSilenceStore(db),
  };
}
