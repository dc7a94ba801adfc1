// A finished line as it stands in the files of results, in the words of the protocol that the batch was made in.
import type { BatchKind, FinishedLine } from "../batch.ts";

/** One line of JSON, with its newline. */
export function writeResultLine(kind: BatchKind, batchId: string, line: FinishedLine): string {
  return `${kind === "openai" ? openAiLine(batchId, line) : anthropicLine(line)}\n`;
}

const NOT_CARRIED_OUT = {
  expired: {
    code: "batch_expired",
    message: "This request could not be executed before the completion window expired.",
  },
  cancelled: { code: "batch_cancelled", message: "This request was not executed: the batch was cancelled." },
};

function openAiLine(batchId: string, { line, customId, outcome, status, callId, body }: FinishedLine): string {
  const head = `"id":${JSON.stringify(`batch_req_${batchId.slice(batchId.indexOf("_") + 1)}_${line}`)},"custom_id":${JSON.stringify(customId)}`;
  if (outcome === "expired" || outcome === "cancelled")
    return `{${head},"response":null,"error":${JSON.stringify(NOT_CARRIED_OUT[outcome])}}`;
  const response = `{"status_code":${status ?? 0},"request_id":${JSON.stringify(callId ?? "")},"body":${onOneLine(body)}}`;
  return `{${head},"response":${response},"error":null}`;
}

function anthropicLine({ customId, outcome, body }: FinishedLine): string {
  const result = {
    succeeded: () => `{"type":"succeeded","message":${onOneLine(body)}}`,
    errored: () => `{"type":"errored","error":${onOneLine(body)}}`,
    cancelled: () => `{"type":"canceled"}`,
    expired: () => `{"type":"expired"}`,
  }[outcome]();
  return `{"custom_id":${JSON.stringify(customId)},"result":${result}}`;
}

/** Newlines in JSON stand between its words only: within them they are escaped. */
function onOneLine(json: string | null): string {
  return (json ?? "null").replace(/[\r\n]+/g, " ");
}
