// Recorded exchanges with Anthropic, for the tests of this folder: requests, whole answers, streams and refusals. They are
// no part of this project; tests that need them are skipped where they are absent.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import type { Extra } from "../../contract.ts";

const FOLDER = resolve(import.meta.dir, "../../../../../shared/fixtures/provider-cassettes/anthropic");

export const hasRecordings = existsSync(FOLDER);

export interface Recording {
  /** The cassette's file, and the number within it. */
  name: string;
  /** Of the Messages API: `/v1/messages` or `/v1/messages/count_tokens`. */
  path: string;
  request: Extra;
  status: number;
  isStream: boolean;
  /** JSON or server-sent events, as they came. */
  body: string;
}

interface Half {
  body?: unknown;
  parsed_body?: unknown;
}

interface Interaction {
  request: Half & { uri: string };
  response: Half & { status: { code: number }; headers?: Record<string, string[]> };
}

/** All of them; some cassettes hold exchanges with other vendors too, which are left out. */
export function readRecordings(): Recording[] {
  if (!hasRecordings) return [];
  return readdirSync(FOLDER).flatMap((file) => {
    const { interactions = [] } = parse(readFileSync(join(FOLDER, file), "utf8")) as { interactions?: Interaction[] };
    return interactions
      .filter(({ request }) => new URL(request.uri).host === "api.anthropic.com")
      .map((interaction, index) => readInteraction(interaction, `${file} ${index + 1}`));
  });
}

function readInteraction({ request, response }: Interaction, name: string): Recording {
  const type = Object.entries(response.headers ?? {}).find(([key]) => key.toLowerCase() === "content-type")?.[1][0];
  return {
    name,
    path: new URL(request.uri).pathname,
    request: JSON.parse(textOf(request)) as Extra,
    status: response.status.code,
    isStream: type?.startsWith("text/event-stream") ?? false,
    body: textOf(response),
  };
}

function textOf({ body, parsed_body: parsed }: Half): string {
  if (parsed !== undefined) return JSON.stringify(parsed);
  const text = typeof body === "object" && body !== null ? (body as { string?: unknown }).string : body;
  return typeof text === "string" ? text : "";
}
