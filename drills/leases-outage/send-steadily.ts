// Each team's calls at its own steady rate, to all processes in turn, whatever becomes of them.
import type { Team } from "./teams.ts";

export interface Sent {
  team: string;
  /** Which process was asked. */
  process: number;
  /** Empty where no answer came. */
  callId: string;
  status: number;
  /** The error's code; empty for answers. */
  code: string;
  /** By performance.now(). */
  sentMs: number;
  totalMs: number;
}

export interface Caller {
  team: Team;
  key: string;
}

/** Resolves when the last call has ended. */
export async function sendSteadily(
  { team, key }: Caller,
  { servers, until }: { servers: readonly { url: string }[]; until: AbortSignal },
): Promise<Sent[]> {
  const calls: Promise<Sent>[] = [];
  const startMs = performance.now();
  for (let begun = 0; ; begun += 1) {
    const dueMs = startMs + (begun * 1000) / team.callsPerSecond;
    if (performance.now() < dueMs) await Bun.sleep(dueMs - performance.now());
    if (until.aborted) return Promise.all(calls);
    const process = begun % servers.length;
    calls.push(sendOne({ team, key }, { process, url: servers[process]?.url ?? "" }));
  }
}

/** Never rejects. */
export async function sendOne({ team, key }: Caller, at: { process: number; url: string }): Promise<Sent> {
  const sentMs = performance.now();
  const ending = await ask({ team, key }, at.url).catch(() => ({ callId: "", status: 0, code: "no_answer" }));
  return { team: team.name, process: at.process, ...ending, sentMs, totalMs: performance.now() - sentMs };
}

async function ask({ team: { model, maxTokens }, key }: Caller, url: string) {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: `sim/sim-small?${model}`,
      max_tokens: maxTokens,
      messages: [{ role: "user", content: "Say something." }],
    }),
  });
  const body = (await response.json()) as { error?: { code?: string } };
  const callId = response.headers.get("x-binnacle-call-id") ?? "";
  return { callId, status: response.status, code: body.error?.code ?? "" };
}
