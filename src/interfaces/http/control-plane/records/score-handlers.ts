// Scores of records: given by whoever may change records, of those that they may; shown to whoever sees the record.
import type { Governance, Principal } from "../../../../governance/index.ts";
import { isInScope, type Ledger } from "../../../../ledger/index.ts";
import { interfacesErrors } from "../../../errors.ts";
import type { Asker, Doors } from "../doors.ts";
import { createScopeOf, seenScores } from "../rights/seen-records.ts";

interface ScoreRooms {
  ledger: Pick<Ledger, "scores" | "findCall" | "records">;
  governance: Governance;
}

export function scoreHandlers({ list, create, delete: takeBack }: Doors["records"]["scores"], rooms: ScoreRooms) {
  const { ledger, governance } = rooms;
  const { rights } = governance;
  const scopeOf = createScopeOf(governance);
  const askerOf = ({ principal, sight }: Asker) => ({ giver: giverOf(principal), within: scopeOf(sight) });

  /** Whoever sees a record that is not theirs to score is told so; of others, that there is none. */
  async function done<T>(value: T | undefined, id: string, { principal, organisation }: Asker): Promise<T> {
    if (value !== undefined) return value;
    const sight = rights.sightOf(principal, { action: "read_records", organisation });
    const within = sight && scopeOf(sight);
    const isSeen = sight && ((await ledger.findCall(id, within)) ?? (await ledger.records.findRecord(id, within)));
    if (isSeen) rights.require(principal, { action: "change_records", on: "organisation", organisation });
    throw interfacesErrors.not_found({ what: "record", id });
  }

  return {
    list: list.handler(async ({ input, context }) => {
      const { principal, organisation } = context;
      const changes = rights.sightOf(principal, { action: "change_records", organisation });
      const mayScore = changes ? inScope(scopeOf(changes)) : () => false;
      const page = await ledger.scores.list(input, { ...askerOf(context), mayScore });
      if (!page) throw interfacesErrors.not_found({ what: "record", id: input.id });
      return seenScores(page, context);
    }),
    create: create.handler(async ({ input, context }) =>
      done(await ledger.scores.give(input, askerOf(context)), input.id, context),
    ),
    delete: takeBack.handler(async ({ input, context }) => {
      await done(await ledger.scores.takeBack(input, askerOf(context)), input.id, context);
      return { deleted: input.name };
    }),
  };
}

const inScope =
  (scope: Parameters<typeof isInScope>[1]) =>
  (who: Parameters<typeof isInScope>[0]): boolean =>
    isInScope(who, scope);

function giverOf({ keyId, keyName, user, team }: Principal) {
  return { key_id: keyId, key_name: keyName, user, team };
}
