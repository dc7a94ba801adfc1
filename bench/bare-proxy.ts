// The least that a proxy for model calls can be: Hono on Bun, the JSON of request and answer parsed, streams passed
// through. Nothing is authenticated, priced, limited or recorded: it is the yardstick for what all of that costs.
import { Hono } from "hono";

const upstream = Bun.argv[2];
if (upstream === undefined) throw new Error("usage: bare-proxy.ts UPSTREAM_URL");

const headers = { "content-type": "application/json", authorization: "Bearer bench" };
const app = new Hono();

app.post("/:kind/v1/chat/completions", async (context) => {
  const body = await context.req.json<{ stream?: boolean }>();
  const answer = await fetch(upstream + context.req.path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!body.stream) return context.json(await answer.json());
  return new Response(answer.body, { headers: { "content-type": "text/event-stream" } });
});

const server = Bun.serve({ hostname: "127.0.0.1", port: 0, idleTimeout: 60, fetch: app.fetch });
console.log(JSON.stringify({ port: server.port }));
