// What verifying the whole trail found, as rows: what each means, and where.
import { Link } from "@tanstack/react-router";
import type { VerifiedView } from "../../../../../src/audit/contract.ts";
import { StateWord } from "../../../components/figures/state-word.tsx";
import type { Column } from "../../../components/tables/data-table.tsx";
import { formatCount } from "../../../format/figures.ts";

type Finding = VerifiedView["findings"][number];
export type FindingRow = Finding & { isNotice: boolean; number: number };

/** In the words of docs/guide/audit.md. */
const meanings: Record<string, string> = {
  entry_altered: "a row is not what it was",
  columns_differ: "a row is not what it was",
  entry_missing: "deleted",
  entry_moved: "put elsewhere",
  place_taken_twice: "put in between",
  entries_unsigned: "has a place that was never signed",
  foreign_entry: "is of another installation",
  calls_altered: "what an entry of calls stands for is not what it was",
  calls_missing: "what an entry of calls stands for is gone",
  record_altered: "a call’s record is not what it was",
  record_missing: "a call’s record is gone, and retention did not take it",
  sealed_altered: "the personal part is another’s",
  sealed_missing: "the personal part is gone",
  checkpoint_forged: "signed by no key of this installation",
  checkpoint_differs: "the checkpoint is not of this tree",
  forked: "not what was signed before",
  rolled_back: "the database knows less than was signed",
  proof_wrong: "the path does not lead to the root",
  unreadable: "cannot be read",
  out_of_time: "says that it is older than the entry before it: a clock, or a late insert",
};

export const rowsOfFindings = (findings: readonly Finding[], notices: readonly Finding[]): FindingRow[] =>
  [
    ...findings.map((finding) => ({ ...finding, isNotice: false })),
    ...notices.map((notice) => ({ ...notice, isNotice: true })),
  ].map((row, number) => ({ ...row, number }));

export const findingKey = ({ number }: FindingRow): string => String(number);

export const findingColumns: readonly Column<FindingRow>[] = [
  {
    id: "kind",
    head: "Finding",
    width: "minmax(9rem, 1fr)",
    cell: ({ kind, isNotice }) => <StateWord tone={isNotice ? "warn" : "fail"}>{kind}</StateWord>,
  },
  {
    id: "means",
    head: "Means",
    width: "minmax(10rem, 3fr)",
    cell: ({ kind }) => meanings[kind] ?? kind,
  },
  {
    id: "entry",
    head: "Entry",
    width: "minmax(6rem, 1.4fr)",
    cell: ({ id }) =>
      id === undefined ? null : (
        <Link to="/audit" search={{ open: id }} className="font-mono text-fine text-pen underline underline-offset-2">
          {id}
        </Link>
      ),
  },
  {
    id: "place",
    head: "Place",
    align: "end",
    width: "6rem",
    priority: 1,
    cell: ({ seq, size, count }) => placeOf(seq ?? size, count),
  },
];

function placeOf(place: number | undefined, count: number | undefined): string {
  const words = place === undefined ? "" : formatCount(place);
  return count === undefined || count === 1 ? words : `${words} (${formatCount(count)})`;
}
