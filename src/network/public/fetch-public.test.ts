// Requests to addresses that somebody else named: a stub in the place of DNS, real servers on loopback, which is allowed only
// where a test says so.
import { afterEach, describe, expect, test } from "bun:test";
import { gzipSync } from "node:zlib";
import { createCancellation, type FetchInit, isAppError } from "../../kernel/index.ts";
import { createFetch, createPublicFetch, networkConfigSchema, type Resolve } from "../index.ts";

const cleanUps: (() => void)[] = [];
afterEach(() => cleanUps.splice(0).forEach((cleanUp) => cleanUp()));

function serve(answer: (request: Request) => Response | Promise<Response>) {
  const asked: string[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    fetch(request) {
      asked.push(`${request.headers.get("host")} ${new URL(request.url).pathname}`);
      return answer(request);
    },
  });
  cleanUps.push(() => void server.stop(true));
  return { port: server.port, asked };
}

const unused = Object.assign(() => Promise.reject(new Error("fetch was not to be used")), { preconnect() {} });
const own = createFetch({ other: unused, usesProxy: false });
const nobody: Resolve = () => Promise.reject(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }));

function publicFetch(config: object = {}, resolve: Resolve = nobody) {
  return createPublicFetch(networkConfigSchema.parse(config), { fetch: own, resolve });
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  return thrown === undefined ? "answered" : isAppError(thrown) ? thrown.code : String(thrown);
}

describe("an address that a user named is not asked", () => {
  const { port } = { port: 1 };
  test.each([
    `http://127.0.0.1:${port}/`,
    `http://127.1:${port}/`,
    `http://2130706433:${port}/`,
    `http://0x7f.0.0.1:${port}/`,
    `http://0177.0.0.1:${port}/`,
    `http://[::1]:${port}/`,
    `http://[::ffff:127.0.0.1]:${port}/`,
    `http://[64:ff9b::7f00:1]:${port}/`,
    `http://①②⑦.⓪.⓪.①:${port}/`,
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://0.0.0.0/",
    "http://10.0.0.1/",
  ])("%s", async (url) => {
    expect(await codeOf(publicFetch()(url, {}))).toBe("network.address_refused");
  });

  test.each([
    "file:///etc/passwd",
    "ftp://example.com/",
    "gopher://x/",
    "nonsense",
    "http://",
    "http://user:pw@example.com/",
  ])("%s", async (url) => {
    expect(await codeOf(publicFetch()(url, {}))).toBe("network.url_refused");
  });
});

describe("a name", () => {
  test("that means a private address is not asked, not even where it means a public one besides", async () => {
    const names: Record<string, string[]> = {
      "inside.test": ["10.1.2.3"],
      "both.test": ["93.184.216.34", "127.0.0.1"],
      "mapped.test": ["::ffff:10.0.0.1"],
      "metadata.google.internal": ["169.254.169.254"],
      localhost: ["127.0.0.1", "::1"],
    };
    const ask = publicFetch({}, async (name) => names[name] ?? []);
    for (const name of Object.keys(names))
      for (const url of [`http://${name}/`, `http://${name.toUpperCase()}/`, `https://${name}./`])
        expect(await codeOf(ask(url, {}))).toBe("network.address_refused");
    expect(await codeOf(ask("http://nothing.test/", {}))).toBe("network.host_unknown");
    expect(await codeOf(publicFetch()("http://nothing.test/", {}))).toBe("network.host_unknown");
  });

  test("is looked up once: what it means a moment later changes nothing (rebinding)", async () => {
    const answers = [["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]];
    let lookups = 0;
    const asked: FetchInit[] = [];
    const ask = createPublicFetch(networkConfigSchema.parse({}), {
      resolve: async () => answers[lookups++] ?? [],
      fetch: async (_, init) => {
        asked.push(init);
        return { status: 200, headers: { get: () => null, has: () => false }, body: null, text: async () => "" };
      },
    });
    await ask("http://rebind.test/", {});
    expect({ lookups, address: asked[0]?.address }).toEqual({ lookups: 1, address: "93.184.216.34" });
    expect(await codeOf(ask("http://rebind.test/", {}))).toBe("network.address_refused");
    expect(asked).toHaveLength(1);
  });

  test("that the system does not know is asked at the address that it was found to have, by its name", async () => {
    const { port, asked } = serve(() => new Response("hello"));
    const ask = publicFetch({ allow_private: ["127.0.0.1"] }, async () => ["127.0.0.1"]);
    expect(await (await ask(`http://pinned.test:${port}/users/@me#here`, {})).text()).toBe("hello");
    expect(asked).toEqual([`pinned.test:${port} /users/%40me`]);
  });
});

describe("what the config allows", () => {
  test("is asked though it is private: a host, an address, a block; and nothing else is", async () => {
    const { port } = serve(() => new Response("inside"));
    const resolve: Resolve = async () => ["127.0.0.1"];
    for (const allowed of ["inside.test", "127.0.0.1", "127.0.0.0/8"]) {
      const ask = publicFetch({ allow_private: [allowed] }, resolve);
      expect(await (await ask(`http://inside.test:${port}/`, {})).text()).toBe("inside");
    }
    const ask = publicFetch({ allow_private: ["inside.test", "10.0.0.0/8"] }, resolve);
    expect(await codeOf(ask(`http://other.test:${port}/`, {}))).toBe("network.address_refused");
    expect(await codeOf(ask(`http://127.0.0.1:${port}/`, {}))).toBe("network.address_refused");
  });

  test.each([["10.0.0.0/33"], ["http://x"], ["*"], [""]])("%p is refused where it means nothing", (entry) => {
    expect(networkConfigSchema.safeParse({ allow_private: [entry] }).success).toBe(false);
  });
});

describe("an answer", () => {
  const local = { allow_private: ["127.0.0.1"] };

  test("that redirects is not followed, not even to where it may go", async () => {
    const inner = serve(() => new Response("secret"));
    const { port } = serve(() => Response.redirect(`http://127.0.0.1:${inner.port}/`));
    const answer = await publicFetch(local)(`http://127.0.0.1:${port}/`, { redirect: "follow" });
    expect(answer.status).toBe(302);
    expect(inner.asked).toEqual([]);
  });

  test("is read as far as its bound, packed or not", async () => {
    const long = "x".repeat(1_000_000);
    const { port } = serve(({ url }) =>
      url.endsWith("/packed")
        ? new Response(gzipSync(long), { headers: { "content-encoding": "gzip" } })
        : new Response(long),
    );
    const url = `http://127.0.0.1:${port}/`;
    const short = publicFetch({ ...local, answer_bytes_max: 100_000 });
    for (const path of ["plain", "packed"]) {
      const ask = (): Promise<unknown> => short(url + path, {}).then((answer) => answer.text());
      expect(await codeOf(ask())).toBe("network.too_large");
      expect(await (await publicFetch(local)(url + path, {})).text()).toBe(long);
    }
  });

  test("that does not come in time, or does not end, is given up; so is a name that is looked up for ever", async () => {
    const { port } = serve(({ url }) =>
      url.endsWith("/drip")
        ? new Response(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) }))
        : new Promise<Response>(() => undefined),
    );
    const ask = publicFetch({ ...local, timeout: 50 }, () => new Promise(() => undefined));
    expect(await codeOf(ask(`http://127.0.0.1:${port}/never`, {}))).toBe("network.too_slow");
    expect(await codeOf(ask(`http://127.0.0.1:${port}/drip`, {}).then((answer) => answer.text()))).toBe(
      "network.too_slow",
    );
    expect(await codeOf(ask("http://slow.test/", {}))).toBe("network.too_slow");
  });

  test("nobody waits for any more is given up", async () => {
    const { port } = serve(() => new Promise<Response>(() => undefined));
    const cancellation = createCancellation();
    const asking = publicFetch(local)(`http://127.0.0.1:${port}/`, { cancellation });
    cancellation.cancel(new Error("gone"));
    expect(await codeOf(asking)).toContain("gone");
  });
});

test("names that are looked up at once are bounded", async () => {
  const ask = publicFetch({ lookups_max: 1, timeout: 50 }, () => new Promise(() => undefined));
  const first = codeOf(ask("http://one.test/", {}));
  expect(await codeOf(ask("http://two.test/", {}))).toBe("network.busy");
  expect(await first).toBe("network.too_slow");
});
