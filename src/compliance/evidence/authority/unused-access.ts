// Keys that work and that nobody has used for long.
import type { Collector } from "../evidence.ts";
import { counted, days, facts, firstFinding, tableOf, time } from "../evidence.ts";
import { isUnused, worksAt } from "./working-keys.ts";

export const unusedAccess: Collector = {
  title: "Access that is not used",
  async collect({ sources, now_ms, rows_max, keys_max, unused_after_ms }) {
    const { items, is_cut } = await sources.keys(keys_max);
    const working = items.filter((key) => worksAt(key, now_ms));
    const unused = working.filter((key) => isUnused(key, now_ms, unused_after_ms));
    const span = `${days(unused_after_ms)} days`;
    return {
      expects: `No key that works has gone unused for ${span}.`,
      finding: firstFinding(
        [
          [unused.length > 0, "not_met"],
          [working.length === 0, "no_data"],
          [is_cut, "for_a_person"],
        ],
        "met",
      ),
      says: `${unused.length} of ${counted(working.length, "key")} that ${working.length === 1 ? "works" : "work"} had no use for ${span}.`,
      facts: facts({
        "keys that work": working.length,
        unused: unused.length,
        "unused after, in days": days(unused_after_ms),
      }),
      tables: [
        tableOf("Keys without use", {
          columns: ["key", "id", "user", "organisation", "may", "made", "last used"],
          rows: unused.map((key) => [
            key.name,
            key.id,
            key.user,
            key.organisation,
            key.roles.join(", "),
            time(key.created_at_ms),
            time(key.last_used_at_ms) ?? "never",
          ]),
          most: rows_max,
          isCut: is_cut,
        }),
      ],
      links: [{ title: "keys", path: "/api/v1/keys" }],
    };
  },
};
