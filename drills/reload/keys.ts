// The keys of the drill, as a file would say them, and what each process makes of them.
import type { RunningBinnacle } from "../installation/binnacle.ts";

type Keys = Record<string, object>;

const named = (name: string, count: number, settings: object): Keys =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name} ${index}`, settings]));

export function newKeys(name: string, count: number): Keys {
  return named(name, count, { project: "drill" });
}

export function changedKeys(name: string, count: number): Keys {
  return named(name, count, { project: "drill", disabled: true, expires_at: "2099-01-01" });
}

const AT_ONCE = 16;

/** So that every process has every key in memory. */
export async function useEach(running: readonly RunningBinnacle[], secrets: readonly string[]): Promise<void> {
  for (const process of running) await statusesAt(process, secrets);
}

export async function countRefused(running: readonly RunningBinnacle[], secrets: readonly string[]): Promise<number> {
  let refused = 0;
  for (const process of running)
    refused += (await statusesAt(process, secrets)).filter((status) => status === 403).length;
  return refused;
}

async function statusesAt({ url }: RunningBinnacle, secrets: readonly string[]): Promise<number[]> {
  const waiting = [...secrets];
  const statuses: number[] = [];
  const ask = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const headers = { authorization: `Bearer ${next}` };
      const response = await fetch(`${url}/api/v1/session`, { headers });
      await response.arrayBuffer();
      statuses.push(response.status);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return statuses;
}
