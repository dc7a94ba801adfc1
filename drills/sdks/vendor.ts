// A vendor that has an answer to everything but the one address that the published tests know to be unknown: with what it
// says, nothing is tested; what is tested is that it is heard.

export interface AnsweringVendor {
  url: string;
  close(): Promise<void>;
}

const UNKNOWN = "/_stainless_unknown_path";

const ANSWER = {
  id: "thing_1",
  object: "thing",
  text: "Ahoy.",
  created: 1_760_000_000,
  data: [],
  results: [],
  usage: { input_tokens: 8, output_tokens: 3, total_tokens: 11 },
};

export function serveAnything(): AnsweringVendor {
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      await request.arrayBuffer();
      if (new URL(request.url).pathname.endsWith(UNKNOWN))
        return Response.json({ error: { message: "There is no such address.", type: "not_found" } }, { status: 404 });
      return Response.json(ANSWER);
    },
  });
  return { url: server.url.href.replace(/\/$/, ""), close: () => server.stop(true) };
}
