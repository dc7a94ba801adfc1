// Calls that were recorded with real vendors, as drift sees calls: what they used, how they ended, and what was said.
import { eventsOf } from "../dialects/matrix.ts";
import { type Recording, readRecordings } from "../dialects/recordings.ts";
import type { DialectName } from "../../src/providers/index.ts";

export interface RecordedCall {
  input_tokens: number;
  output_tokens: number;
  finish_reason: string;
  answer_model: string;
  request_preview: string;
  response_preview: string;
}

/** Calls of one conversation. */
export type RecordedSession = readonly RecordedCall[];

const PREVIEW_LENGTH = 200;

/** Of vendors that speak this dialect; empty where the recordings are absent. */
export function readSessions(dialect: DialectName): RecordedSession[] {
  const sessions = Object.groupBy(readRecordings([dialect]), ({ vendor, name }) => `${vendor} ${name.split(" ")[0]}`);
  return Object.values(sessions)
    .map((recordings = []) => recordings.flatMap(callOf))
    .filter((calls) => calls.length > 0);
}

function callOf(recording: Recording): RecordedCall[] {
  if (recording.status !== 200) return [];
  const said = { text: "", model: "", finish: "stop", input: 0, output: 0 };
  for (const event of eventsOf(recording)) {
    if (event.type === "start") said.model = event.model;
    if (event.type === "text" || event.type === "refusal") said.text += event.text;
    if (event.type === "finish") said.finish = event.reason;
    if (event.type === "usage") {
      said.input = event.usage.input;
      said.output = event.usage.output;
    }
  }
  if (said.input === 0 || said.output === 0) return [];
  return [
    {
      input_tokens: said.input,
      output_tokens: said.output,
      finish_reason: said.finish,
      answer_model: said.model,
      request_preview: lastTextOf(recording.request).slice(0, PREVIEW_LENGTH),
      response_preview: said.text.slice(0, PREVIEW_LENGTH),
    },
  ];
}

/** What a person said last, as far as a glance at the JSON tells. */
function lastTextOf(request: Record<string, unknown>): string {
  const texts = [...JSON.stringify(request).matchAll(/"(?:text|content)":"((?:[^"\\]|\\.)*)"/g)];
  return texts.at(-1)?.[1] ?? "";
}
