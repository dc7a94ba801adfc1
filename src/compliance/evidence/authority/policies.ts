// Which policies decide, and whether changing them takes two.
import type { Collector } from "../evidence.ts";
import { facts } from "../evidence.ts";

const FROM: Readonly<Record<string, string>> = {
  shipped: "those that are part of the program",
  folder: "those of the program and of a folder",
  api: "those of the program and those that came by API",
};

export const policies: Collector = {
  title: "The policies that decide",
  async collect({ sources }) {
    const { source, number, policies: count, two_persons } = sources.policies.active();
    return {
      expects: "Who may do what is decided by policies with a version, and changing them takes a second person.",
      finding: two_persons || source === "folder" ? "for_a_person" : "not_met",
      says: `${count} policies decide: ${FROM[source] ?? source}${number === null ? "" : `, version ${number}`}. ${two_persons ? "A version needs the approval of a second person." : source === "folder" ? "They are files: who may change those is decided outside Binnacle." : "One person alone may change them."}`,
      facts: facts({
        from: source,
        version: number,
        policies: count,
        "second person needed": two_persons ? "yes" : "no",
      }),
      tables: [],
      links: [
        { title: "active policies", path: "/api/v1/policies/active" },
        { title: "versions", path: "/api/v1/policies" },
      ],
    };
  },
};
