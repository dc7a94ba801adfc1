// What must be known of a call before a route with `strategy: semantic` can plan it. Other routes pay a look into a map. It
// outlives changes of routes, so that the examples of those that stay are not made vectors again.
import type { Embedder } from "../../../embedding/index.ts";
import { isAppError, type World } from "../../../kernel/index.ts";
import { readRequest } from "../../../providers/index.ts";
import type { PlannedCall } from "../facts/request-facts.ts";
import { lastWords } from "../facts/last-words.ts";
import { isBound, residencyOf } from "../facts/residency.ts";
import { compileRoute, placesWithExamples } from "../language/compile-route.ts";
import type { Route } from "../language/language.ts";
import { createExampleVectors } from "./example-vectors.ts";
import { type Likeness, likenessOf, type PlaceWithExamples } from "./likeness.ts";

/** What is known of a call where it is prepared. */
export type PreparedCall = PlannedCall & { signal?: AbortSignal };

export interface Semantics {
  /** The routes as they are from now on. */
  follow(routes: Readonly<Record<string, Route>>): void;
  /** The call with its likeness; undefined where the route does not ask for it. Throws the signal's reason only. */
  prepare<Call extends PreparedCall>(model: string, call: Call): Promise<Call & { likeness: Likeness }> | undefined;
  /** Begins to work on the examples. */
  start(): void;
  close(): void;
}

export interface SemanticsDeps {
  embedder: Pick<Embedder, "embed" | "isLocal">;
  world: Pick<World, "log">;
}

/** A longer message is compared by its beginning and its end; of so much the built-in model makes a vector in 70 ms. */
export const READ_MAX = 500;

export function createSemantics({ embedder, world }: SemanticsDeps): Semantics {
  const vectors = createExampleVectors({ embedder, log: world.log });
  let byRoute: ReadonlyMap<string, readonly PlaceWithExamples[]> = new Map();

  async function findLikeness(places: readonly PlaceWithExamples[], call: PreparedCall): Promise<Likeness> {
    const text = textOf(call);
    if (text === "") return { isKnown: false, why: "there is no text of the user in it" };
    if (!embedder.isLocal && isBound(residencyOf(call)))
      return { isKnown: false, why: "for its caller says where its data may go, and the vectors are made at a vendor" };
    const examples = places.map(({ path, examples: texts }) => [path, vectors.of(texts)] as const);
    const ready = examples.flatMap(([path, found]) => (found ? [[path, found] as const] : []));
    if (ready.length < places.length) return { isKnown: false, why: "for the examples have no vectors yet" };
    try {
      const [vector] = await embedder.embed([text], call.signal);
      return likenessOf(vector ?? new Float32Array(), ready);
    } catch (error) {
      call.signal?.throwIfAborted();
      return { isKnown: false, why: isAppError(error) ? withoutStop(error.message) : "the embedding model failed" };
    }
  }

  return {
    follow(routes) {
      byRoute = new Map(
        Object.entries(routes).flatMap(([name, route]) => {
          const places = placesWithExamples(compileRoute(name, route).plan);
          return places.length === 0 ? [] : [[name, places]];
        }),
      );
      vectors.want(new Set([...byRoute.values()].flat().flatMap(({ examples }) => examples)));
    },
    prepare(model, call) {
      const places = byRoute.get(model);
      return places && findLikeness(places, call).then((likeness) => ({ ...call, likeness }));
    },
    start: vectors.start,
    close: vectors.close,
  };
}

function textOf({ request }: PlannedCall): string {
  if (!request || request.operation !== "chat" || request.native) return "";
  try {
    return lastWords(readRequest(request), READ_MAX).trim();
  } catch {
    // What does not hold is for the dialect to refuse.
    return "";
  }
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
