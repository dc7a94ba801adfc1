// Topics that an operator forbids, or the only ones that are allowed, by words; and by meaning where somebody hands in an embedder.
import type { AsyncDetector } from "../../contract.ts";
import type { Finder } from "../scanning/finder.ts";
import { createLexicon, entriesFrom } from "../words/lexicon.ts";
import { createWords, readWords } from "../words/read-words.ts";

export interface TopicSettings {
  name: string;
  mode: "deny" | "allow";
  words: readonly string[];
  /** For the comparison by meaning. */
  examples: readonly string[];
}

/** Shorter texts ("yes, please") have no topic. */
const ALLOWED_WORDS_MIN = 6;

export function createTopicFinder(topics: readonly TopicSettings[]): Finder {
  const lexicon = createLexicon(topics.flatMap((topic) => entriesFrom(topic.words, topic)));
  const hasAllowed = topics.some(({ mode, words }) => mode === "allow" && words.length > 0);
  let words = createWords();
  return {
    kinds: ["topic"],
    find({ text }, matches, { isFinal }) {
      words = readWords(text, words);
      const hits = lexicon.find(words);
      for (const { meaning, first, last } of hits) {
        if (meaning.mode !== "deny") continue;
        const place = { start: words.starts[first] ?? 0, end: words.ends[last] ?? 0 };
        matches.push({ kind: "topic", ...place, score: 0.8, why: `speaks of ${meaning.name}` });
      }
      if (!hasAllowed || !isFinal || words.count < ALLOWED_WORDS_MIN) return;
      if (hits.some(({ meaning }) => meaning.mode === "allow")) return;
      matches.push({
        kind: "topic",
        start: 0,
        end: text.length,
        score: 0.6,
        why: "speaks of none of the allowed topics",
      });
    },
  };
}

export interface TopicMeaningDeps {
  /** Vectors of length 1. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>;
  similarityMin: number;
}

/** Compares the text with the examples of each topic. The examples' vectors are asked for once. */
export function createTopicMeaningDetector(topics: readonly TopicSettings[], deps: TopicMeaningDeps): AsyncDetector {
  const examples = topics.flatMap((topic) => topic.examples.map((text) => ({ topic, text })));
  const hasAllowed = topics.some(({ mode }) => mode === "allow");
  let vectors: Promise<Float32Array[]> | undefined;
  async function exampleVectors(signal: AbortSignal): Promise<Float32Array[]> {
    vectors ??= deps.embed(examples.map(({ text }) => text), signal); // prettier-ignore
    try {
      return await vectors;
    } catch (error) {
      vectors = undefined;
      throw error;
    }
  }
  return {
    name: "topic_meaning",
    kinds: ["topic"],
    reach: 0,
    async find(text, _context, signal) {
      const [asked] = await deps.embed([text], signal);
      if (asked === undefined || examples.length === 0) return [];
      const near = (await exampleVectors(signal))
        .map((vector, place) => ({ topic: examples[place]?.topic, similarity: dot(vector, asked) }))
        .filter(({ similarity }) => similarity >= deps.similarityMin);
      const whole = { kind: "topic", start: 0, end: text.length, detector: "topic_meaning" };
      const denied = near.find(({ topic }) => topic?.mode === "deny");
      if (denied !== undefined)
        return [{ ...whole, score: Math.min(1, denied.similarity), why: `means ${denied.topic?.name ?? "it"}` }];
      if (!hasAllowed || near.some(({ topic }) => topic?.mode === "allow")) return [];
      return [{ ...whole, score: 0.6, why: "means none of the allowed topics" }];
    },
  };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let place = 0; place < a.length; place++) sum += (a[place] ?? 0) * (b[place] ?? 0);
  return sum;
}
