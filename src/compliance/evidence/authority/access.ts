// Who has access: keys and people, with what they may do and when they last did. Whether each still needs it is for a person to say.
import type { Collector } from "../evidence.ts";
import { counted, facts, tableOf, time } from "../evidence.ts";
import { isUnused, worksAt } from "./working-keys.ts";

const HIGH = new Set(["owner", "admin"]);

export const access: Collector = {
  title: "Who has access",
  async collect({ sources, now_ms, rows_max, keys_max, unused_after_ms }) {
    const [keys, people] = await Promise.all([sources.keys(keys_max), sources.people(keys_max)]);
    const working = keys.items.filter((key) => worksAt(key, now_ms));
    const present = people.items.filter(({ disabled }) => !disabled);
    const isHigh = ({ roles }: { roles: readonly string[] }): boolean => roles.some((role) => HIGH.has(role));
    const admins = working.filter(isHigh).length + present.filter(isHigh).length;
    const unowned = working.filter(({ user }) => user === null).length;
    const isCut = keys.is_cut || people.is_cut;
    return {
      expects: "A person goes through this list and says of each whether it is still needed.",
      finding: working.length + present.length === 0 ? "no_data" : "for_a_person",
      says: `${counted(working.length, "key")} that ${working.length === 1 ? "works" : "work"} and ${counted(present.length, "user")}; ${admins} of them may change nearly everything. ${counted(unowned, "key")} ${unowned === 1 ? "belongs" : "belong"} to no user and may be shared.`,
      facts: facts({
        "keys that work": working.length,
        "keys revoked, expired or switched off": keys.items.length - working.length,
        users: present.length,
        "users switched off": people.items.length - present.length,
        "owners and admins": admins,
        "keys of no user": unowned,
        "more than was looked at": isCut ? "yes" : "no",
      }),
      tables: [
        tableOf("Keys that work, those with the most authority first", {
          columns: ["key", "id", "user", "organisation", "may", "made", "last used", "expires", "unused"],
          rows: working
            .toSorted((one, other) => Number(isHigh(other)) - Number(isHigh(one)))
            .map((key) => [
              key.name,
              key.id,
              key.user,
              key.organisation,
              key.roles.join(", "),
              time(key.created_at_ms),
              time(key.last_used_at_ms),
              time(key.expires_at_ms),
              isUnused(key, now_ms, unused_after_ms) ? "yes" : "no",
            ]),
          most: rows_max,
          isCut: keys.is_cut,
        }),
        tableOf("Users, those with the most authority first", {
          columns: ["user", "organisation", "roles", "teams"],
          rows: present
            .toSorted((one, other) => Number(isHigh(other)) - Number(isHigh(one)))
            .map(({ name, organisation, roles, teams }) => [name, organisation, roles.join(", "), teams.join(", ")]),
          most: rows_max,
          isCut: people.is_cut,
        }),
      ],
      links: [
        { title: "keys", path: "/api/v1/keys" },
        { title: "users", path: "/api/v1/users" },
      ],
    };
  },
};
