// The command that makes the same call again, for those dialects whose address says nothing else. A body that was cut, or is longer
// than a command may be, makes none.
import type { CallDetail } from "../../../../../src/ledger/contract.ts";

const paths: Partial<Record<string, string>> = {
  "openai-chat": "/v1/chat/completions",
  "openai-responses": "/v1/responses",
  "anthropic-messages": "/v1/messages",
};
/** Below what shells take as one argument. */
const charactersMost = 100_000;

type Asked = Pick<CallDetail, "dialect" | "operation" | "request_body">;

export function callAgain(origin: string, { dialect, operation, request_body: body }: Asked): string | null {
  const path = paths[dialect];
  if (path === undefined || operation !== "chat" || body === null || body.cut) return null;
  if (body.text.length > charactersMost || body.text === "") return null;
  const quoted = `'${body.text.replaceAll("'", String.raw`'\''`)}'`;
  return `curl -H "Authorization: Bearer $BINNACLE_KEY" -H 'content-type: application/json' \\\n  ${origin}${path} \\\n  -d ${quoted}`;
}
