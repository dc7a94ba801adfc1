// Sends the calls of a run, at once or one by one, to all processes in turn.
import { createConnection } from "../../bench/load/connection.ts";
import { prepareCall } from "../../bench/load/prepare-call.ts";
import type { BudgetCall } from "./plan-wave.ts";

export interface Servers {
  servers: readonly { url: string }[];
  key: string;
}

export interface Sent {
  total: number;
  /** With 200, to its end. */
  answered: number;
  refused: number;
}

type Ending = "answered" | "refused" | "other";

export async function send(calls: readonly BudgetCall[], { servers, key }: Servers): Promise<Sent> {
  const endings = await Promise.all(
    calls.map((call, index) => sendOne(call, { url: servers[index % servers.length]?.url ?? "", key })),
  );
  return countOf(endings);
}

/** Until one is refused for its budget. */
export async function sendOneByOne(calls: readonly BudgetCall[], { servers, key }: Servers): Promise<Sent> {
  const endings: Ending[] = [];
  for (const [index, call] of calls.entries()) {
    endings.push(await sendOne(call, { url: servers[index % servers.length]?.url ?? "", key }));
    if (endings.at(-1) === "refused") break;
  }
  return countOf(endings);
}

async function sendOne(
  { body, abortAfterBytes }: BudgetCall,
  { url, key }: { url: string; key: string },
): Promise<Ending> {
  const connection = createConnection(
    prepareCall({ url: `${url}/v1/chat/completions`, headers: { authorization: `Bearer ${key}` }, body }),
  );
  const answer = await connection.call({ abortAfterBytes });
  connection.close();
  if (answer instanceof Error || answer.aborted) return "other";
  if (answer.status === 402) return "refused";
  return answer.status === 200 ? "answered" : "other";
}

function countOf(endings: readonly Ending[]): Sent {
  const count = (wanted: Ending): number => endings.filter((ending) => ending === wanted).length;
  return { total: endings.length, answered: count("answered"), refused: count("refused") };
}
