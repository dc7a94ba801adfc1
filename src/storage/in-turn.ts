// Work that one process of an installation does at a time, whichever comes first: rolling up, sweeping, watching over alerts.
import type { PoolClient } from "pg";
import type { Storage } from "./storage-contract.ts";

/**
 * Runs `work` unless another process is at work of this name; says whether it ran. Should this process die, or lose the
 * connection that holds its turn, another may begin at once: what `work` writes must stand a second time.
 */
export async function inTurn(
  { pool }: Pick<Storage, "pool">,
  name: string,
  work: () => Promise<void>,
): Promise<boolean> {
  const client = await pool.connect();
  let isFree = false;
  try {
    const isMine = await takeTurn(client, name);
    if (isMine) await work();
    if (isMine) await client.query("select pg_advisory_unlock(hashtextextended($1, 0))", [name]);
    isFree = true;
    return isMine;
  } finally {
    // A turn that was not given back ends with its connection.
    client.release(!isFree);
  }
}

async function takeTurn(client: PoolClient, name: string): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    "select pg_try_advisory_lock(hashtextextended($1, 0)) as taken",
    [name],
  );
  return rows[0]?.taken === true;
}
