// The questions that were answered, each with its vector and the key of its answer, by group. In this process's memory.
import { LRUCache } from "lru-cache";
import { similarity } from "../../../embedding/index.ts";
import { isMeant, type Purge } from "../purging.ts";
import type { SemanticConfig } from "./config.ts";

export interface Asked {
  /** Of the kept answer. */
  key: string;
  group: string;
  /** As with the kept answer, for purges. */
  scope: string;
  model: string;
  text: string;
  vector: Float32Array;
  /** The call that it was made for. */
  callId: string;
  expiresAtMs: number;
}

export interface Near {
  asked: Asked;
  similarity: number;
}

export interface Questions {
  has(group: string): boolean;
  add(asked: Asked): void;
  /** By its key. */
  remove(asked: Asked): void;
  /** Whether it is there, of the same call. */
  holds(asked: Asked): boolean;
  /** Those at least as near as that, the nearest first. */
  near(group: string, vector: Float32Array, at: { least: number; nowMs: number }): Near[];
  /** Takes out those that are meant, and gives them. */
  purge(purge: Purge): Asked[];
  /** Those that this call was asked with. */
  ofCall(callId: string): Asked[];
  readonly size: number;
}

export function createQuestions({
  entries_max,
  group_entries_max,
}: Pick<SemanticConfig, "entries_max" | "group_entries_max">): Questions {
  const groups = new Map<string, Set<Asked>>();
  const all = new LRUCache<string, Asked>({ max: entries_max, dispose: leaveGroup });

  function leaveGroup(asked: Asked): void {
    const group = groups.get(asked.group);
    group?.delete(asked);
    if (group?.size === 0) groups.delete(asked.group);
  }

  return {
    has: (group) => groups.has(group),
    add(asked) {
      all.delete(asked.key);
      const group = groups.get(asked.group) ?? new Set();
      for (const oldest of group) if (group.size >= group_entries_max) all.delete(oldest.key);
      groups.set(asked.group, group.add(asked));
      all.set(asked.key, asked);
    },
    remove({ key }) {
      all.delete(key);
    },
    holds: ({ key, callId }) => all.peek(key)?.callId === callId,
    near(group, vector, { least, nowMs }) {
      const near: Near[] = [];
      for (const asked of groups.get(group) ?? []) {
        if (asked.expiresAtMs <= nowMs) {
          all.delete(asked.key);
          continue;
        }
        const found = similarity(vector, asked.vector);
        if (found >= least) near.push({ asked, similarity: found });
      }
      near.sort((one, other) => other.similarity - one.similarity);
      for (const { asked } of near.slice(0, 1)) all.get(asked.key);
      return near;
    },
    purge(purge) {
      const meant = [...all.values()].filter((asked) => isMeant(asked, purge));
      for (const { key } of meant) all.delete(key);
      return meant;
    },
    ofCall: (callId) => [...all.values()].filter((asked) => asked.callId === callId),
    get size() {
      return all.size;
    },
  };
}
