// The vendor that all contenders call: as fast as Bun answers, the same bytes each time. Its first path segment chooses
// the kind of answer, so that it need not read the request. It counts its calls: a contender that answered from a cache
// would show. Prints its port and runs until it is told to stop.
import { jsonAnswer, PACE_MS, streamEvents, type TrafficKind, trafficKinds } from "./traffic.ts";

const counts: Record<TrafficKind, number> = { json: 0, stream: 0, burst: 0, paced: 0 };
const encoder = new TextEncoder();
const events = streamEvents.map((event) => encoder.encode(event));
const wholeStream = encoder.encode(streamEvents.join(""));

const STREAM_HEADERS = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" };
const JSON_HEADERS = { "content-type": "application/json" };

/** `pause` ends the turn of the loop, without which Bun would gather all events into one write. */
function writeEach(pause: () => Promise<void>): Response {
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const event = events[next];
      if (!event) return controller.close();
      next += 1;
      controller.enqueue(event);
      await pause();
    },
  });
  return new Response(body, { headers: STREAM_HEADERS });
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
const nextPace = () => Bun.sleep(PACE_MS);
const answers: Record<TrafficKind, () => Response> = {
  json: () => new Response(jsonAnswer, { headers: JSON_HEADERS }),
  burst: () => new Response(wholeStream, { headers: STREAM_HEADERS }),
  stream: () => writeEach(nextTurn),
  paced: () => writeEach(nextPace),
};

function answer(kind: TrafficKind): () => Response {
  return () => {
    counts[kind] += 1;
    return answers[kind]();
  };
}

const routes = Object.fromEntries(
  trafficKinds.map((kind) => [`/${kind}/v1/chat/completions`, { POST: answer(kind) }] as const),
);
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  idleTimeout: 60,
  routes: { ...routes, "/counts": () => Response.json(counts) },
  fetch: () => new Response("no such path", { status: 404 }),
});
console.log(JSON.stringify({ port: server.port }));
