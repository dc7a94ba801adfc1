// Model servers on this machine: found when they answer like one, and never a reason to wait or to fail.
import { afterAll, describe, expect, test } from "bun:test";
import { createWorld } from "../../kernel/index.ts";
import { probeLocalServers } from "./probe-local.ts";

const world = createWorld();
/** Longer than a server on loopback takes on any machine. */
const PATIENCE_MS = 60_000;
const servers: { stop(closeActive: boolean): Promise<void> }[] = [];
afterAll(() => Promise.all(servers.map((server) => server.stop(true))));

/** A server on a free port; gives its address. */
function serve(answer: (request: Request) => Response | Promise<Response>): string {
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answer });
  servers.push(server);
  return `http://127.0.0.1:${server.port}/v1`;
}

const found = async (address: string, timeoutMs = PATIENCE_MS) =>
  (await probeLocalServers(world, { timeoutMs, addresses: { ollama: address } }))[0];

describe("a local server", () => {
  test("that lists its models as Ollama does is a vendor, and free", async () => {
    const asked: string[] = [];
    const address = serve((request) => {
      asked.push(new URL(request.url).pathname);
      return Response.json({
        models: [{ name: "llama3.2:latest" }, { name: "" }, { size: 1 }, null, { name: "qwen3:8b" }],
      });
    });
    expect(await found(address)).toMatchObject({
      name: "ollama",
      kind: "ollama",
      base_url: address,
      found_by: "local server",
      models: ["llama3.2:latest", "qwen3:8b"],
      flatPrice: { version: "free" },
    });
    expect(asked).toEqual(["/api/tags"]);
  });

  test("that lists them as OpenAI does is one too", async () => {
    const address = serve(() => Response.json({ object: "list", data: [{ id: "m1" }] }));
    const [vendor] = await probeLocalServers(world, { timeoutMs: PATIENCE_MS, addresses: { lmstudio: address } });
    expect(vendor).toMatchObject({ name: "lmstudio", models: ["m1"] });
  });

  test.each<[string, () => Response]>([
    ["answers with an error", () => Response.json({ models: [{ name: "m" }] }, { status: 500 })],
    ["sends on somewhere else", () => Response.redirect("https://example.org/")],
    ["is something else", () => new Response("<html>")],
    ["has no models", () => Response.json({ models: [] })],
    ["answers with null", () => new Response("null")],
    ["answers without end", () => new Response(`{"models":[{"name":"${"x".repeat(2_000_000)}"}]}`)],
  ])("that %s is none", async (_, answer) => {
    expect(await found(serve(answer))).toBeUndefined();
  });

  test("that says nothing is given up on", async () => {
    const address = serve(() => new Promise<Response>(() => undefined));
    expect(await found(address, 20)).toBeUndefined();
  });

  test("that is not there is none", async () => {
    const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("") });
    const address = `http://127.0.0.1:${server.port}/v1`;
    await server.stop(true);
    expect(await found(address)).toBeUndefined();
  });

  test("lists a bounded number of models", async () => {
    const models = Array.from({ length: 5000 }, (_, n) => ({ name: `m${n}` }));
    expect((await found(serve(() => Response.json({ models }))))?.models).toHaveLength(1000);
  });
});
