// Streams and answers after their vendors' documentation, for dialects of which no streams are recorded.
import type { Extra } from "../../src/providers/contract.ts";
import * as cohere from "../../src/providers/formats/cohere-chat/recordings.fixture.ts";
import * as ollama from "../../src/providers/formats/ollama-chat/exchanges.fixture.ts";
import type { DialectName } from "../../src/providers/index.ts";
import type { Recording } from "../dialects/recordings.ts";

interface Examples {
  vendor: string;
  dialect: DialectName;
  streamType: string;
  requests: readonly Extra[];
  answers: readonly Extra[];
  streams: readonly string[];
}

export function readDocumented(): Recording[] {
  return [
    ...recordingsOf({
      ...cohere,
      vendor: "cohere",
      dialect: "cohere-chat",
      streamType: "text/event-stream",
      streams: Object.values(cohere.streams).map(cohere.sse),
    }),
    ...recordingsOf({
      ...ollama,
      vendor: "ollama",
      dialect: "ollama-chat",
      streamType: "application/x-ndjson",
      streams: Object.values(ollama.streams).map(ollama.lines),
    }),
  ];
}

function recordingsOf({ vendor, dialect, streamType, requests, answers, streams }: Examples): Recording[] {
  const bodies = [
    ...streams.map((body) => ({ body, isStream: true })),
    ...answers.map((answer) => ({ body: JSON.stringify(answer), isStream: false })),
  ];
  return bodies.map(({ body, isStream }, index) => ({
    name: `documented ${index + 1}`,
    vendor,
    dialect,
    isStream,
    url: `http://${vendor}.example/`,
    request: requests[index % requests.length] ?? {},
    status: 200,
    headers: { "content-type": isStream ? streamType : "application/json" },
    body,
    bytes: Buffer.from(body),
  }));
}
