// Finds the call that a person means: a whole id, `last`, or the end of a recent call's id, as lists show it.
import type { CallDetail } from "../../../ledger/contract.ts";
import type { Connection } from "../connect.ts";
import { cliErrors } from "../errors.ts";

const WHOLE_ID_LENGTH = 36;
const SEARCHED_MAX = 200;

/** Throws `cli.no_such_call`, or what the server says of an unknown id. */
export async function findCall({ api }: Connection, wanted: string): Promise<CallDetail> {
  if (wanted.length >= WHOLE_ID_LENGTH) return api.calls.get({ id: wanted });
  const isLast = wanted === "last";
  const { calls } = await api.calls.list({ limit: isLast ? 1 : SEARCHED_MAX });
  const found = isLast ? calls[0] : calls.find((call) => call.id.endsWith(wanted.toLowerCase()));
  if (!found) throw cliErrors.no_such_call({ id: wanted, searched: SEARCHED_MAX });
  return api.calls.get({ id: found.id });
}
