// Rerankers on loopback, in the shapes that Jina, vLLM and Cohere document: documents that share words with the query come
// first. There are no recordings of these.

export function serveRerank() {
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const { pathname } = new URL(request.url);
      const { query, documents, top_n: top } = (await request.json()) as Asked;
      if (!pathname.endsWith("/rerank")) return new Response("no such path", { status: 404 });
      const results = documents
        .map((document, index) => ({ index, relevance_score: likeness(query, document) - index / 1000 }))
        .toSorted((a, b) => b.relevance_score - a.relevance_score)
        .slice(0, top);
      const isCohere = pathname === "/v2/rerank";
      return Response.json({
        ...(isCohere
          ? { id: "r-1", meta: { billed_units: { search_units: 1 } } }
          : { model: "m", usage: { total_tokens: 30 } }),
        results,
      });
    },
  });
  const { origin } = server.url;
  return { origin, url: `${origin}/v1`, close: () => server.stop(true) };
}

interface Asked {
  query: string;
  documents: string[];
  top_n?: number;
}

function likeness(query: string, document: string): number {
  return document.toLowerCase().includes(query.toLowerCase()) ? 0.9 : 0.1;
}
