// `dialects`: the golden matrix. Every recorded exchange with a vendor, through every dialect: what was said must come out
// again, and each thing that does not is either told as dropped or stands in differences.ts with its reason.
import { z } from "zod";
import { type DialectName, dialectNames } from "../../src/providers/index.ts";
import { type Check, defineDrill } from "../drill.ts";
import { allowedBy, type Difference, differences } from "./differences.ts";
import { type Cell, crossDialect } from "./matrix.ts";
import { readRecordings, type Recording } from "./recordings.ts";

export const dialectsDrill = defineDrill({
  name: "dialects",
  takes: "10 s",
  summary: "recorded exchanges, each read and written again in every dialect: nothing is lost unsaid",
  options: z.object({}),
  async run({ say }) {
    const recordings = readRecordings(dialectNames);
    if (recordings.length === 0) throw new Error("there are no recorded exchanges here (../shared/fixtures)");
    const table = [["", "from", ...dialectNames]];
    const tally = newTally();
    for (const from of dialectNames) {
      const own = recordings.filter(({ dialect }) => dialect === from);
      say(`${own.length} exchanges in ${from} …`);
      table.push(["", `${from} (${own.length})`, ...dialectNames.map((to) => crossAll(own, to, tally))]);
    }
    const unused = differences.filter((each) => !tally.used.has(each));
    const checks: Check[] = [
      ...tally.surprises.slice(0, SURPRISES_MAX),
      {
        that: "every exchange is read and written in every dialect, and all that differs has a reason",
        holds: tally.surprises.length === 0,
        found: tally.surprises.length === 0 ? `${tally.cells} ways` : `${tally.surprises.length} surprises`,
      },
      {
        that: "every listed reason is still needed",
        holds: unused.length === 0,
        found: unused.map(({ reason }) => reason).join("; ") || "all are",
      },
    ];
    const { cells, dropped, allowed } = tally;
    return { checks, table, figures: { exchanges: recordings.length, ways: cells, told: dropped, allowed } };
  },
});

const SURPRISES_MAX = 20;

interface Tally {
  cells: number;
  dropped: number;
  allowed: number;
  used: Set<Difference>;
  surprises: Check[];
}

function newTally(): Tally {
  return { cells: 0, dropped: 0, allowed: 0, used: new Set(), surprises: [] };
}

/** What the table says of all exchanges in one dialect, in another. */
function crossAll(recordings: readonly Recording[], to: DialectName, tally: Tally): string {
  let [same, told, listed, other] = [0, 0, 0, 0];
  for (const recording of recordings) {
    for (const cell of cross(recording, to, tally)) {
      const surprises = judge(cell, tally);
      if (surprises > 0) other += 1;
      else if (cell.dropped.length > 0) told += 1;
      else if (cell.differences.length > 0) listed += 1;
      else same += 1;
    }
  }
  return `${same} same${told ? `, ${told} told` : ""}${listed ? `, ${listed} listed` : ""}${other ? `, ${other} OTHER` : ""}`;
}

function cross(recording: Recording, to: DialectName, tally: Tally): Cell[] {
  try {
    return crossDialect(recording, to);
  } catch (error) {
    tally.surprises.push(surprise(`${recording.dialect} → ${to}, ${recording.name}`, String(error)));
    return [];
  }
}

function judge(cell: Cell, tally: Tally): number {
  tally.cells += 1;
  tally.dropped += cell.dropped.length;
  let surprises = 0;
  for (const line of cell.differences) {
    const reason = allowedBy(cell, line);
    if (reason) {
      tally.used.add(reason);
      tally.allowed += 1;
      continue;
    }
    surprises += 1;
    const { recording, to, side } = cell;
    tally.surprises.push(surprise(`${recording.dialect} → ${to}, ${side} of ${recording.name}`, line));
  }
  return surprises;
}

function surprise(where: string, found: string): Check {
  return { that: `${where}: the same comes out`, holds: false, found };
}
