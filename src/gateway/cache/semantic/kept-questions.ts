// Where questions are: in this process's memory, and with a database in other processes' too. They go when their answers are purged.
import type { ContentSealer, World } from "../../../kernel/index.ts";
import type { Storage } from "../../../storage/index.ts";
import type { CacheConfig } from "../config.ts";
import type { KeptAnswers } from "../kept-answers.ts";
import { type Asked, createQuestions, type Questions } from "./questions.ts";
import { type SharedQuestions, shareQuestions } from "./sharing/share-questions.ts";
import { createQuestionStore } from "./sharing/store.ts";
import { createWordsAtRest } from "./sharing/words-at-rest.ts";

export interface KeptQuestions {
  readonly here: Questions;
  start(): void;
  close(): Promise<void>;
  /** Here and elsewhere. */
  add(asked: Asked): void;
  forget(asked: Asked): void;
}

export interface KeptQuestionsDeps {
  answers: Pick<KeptAnswers, "onPurge">;
  storage: Pick<Storage, "tables" | "isAvailable">;
  embeddingModel: string;
  sealer?: ContentSealer | undefined;
  world: Pick<World, "nowMs" | "log">;
}

export function createKeptQuestions(
  { semantic, database }: CacheConfig,
  { answers, storage, embeddingModel, sealer, world }: KeptQuestionsDeps,
): KeptQuestions {
  const here = createQuestions(semantic);
  const shared = database.enabled ? share() : undefined;

  function share(): SharedQuestions {
    const { isAvailable } = storage;
    const store = createQuestionStore({ storage, embeddingModel, words: createWordsAtRest(sealer) });
    const sharing = { ...database, entriesMax: semantic.entries_max };
    return shareQuestions(sharing, { questions: here, store, world, isAvailable });
  }

  answers.onPurge((purge) => {
    for (const asked of here.purge(purge)) shared?.forget(asked);
  });

  return {
    here,
    start: () => shared?.start(),
    close: async () => shared?.close(),
    add(asked) {
      here.add(asked);
      shared?.tell(asked);
    },
    forget(asked) {
      here.remove(asked);
      shared?.forget(asked);
    },
  };
}
