// The columns of the list of people.
import { Age } from "../../../components/figures/moment.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import type { Column } from "../../../components/tables/columns/column.ts";
import { type PersonRow, stateOfPerson, waysOf } from "./person-rows.ts";

const byText = (textOf: (row: PersonRow) => string) => (a: PersonRow, b: PersonRow) =>
  textOf(a).localeCompare(textOf(b));
const Quiet = ({ children }: { children: string }) => <span className="text-soft">{children}</span>;

export const personColumns: Column<PersonRow>[] = [
  {
    id: "name",
    head: "Person",
    width: "minmax(10rem, 2fr)",
    cell: ({ name }) => <bdi>{name}</bdi>,
    sort: byText(({ name }) => name),
  },
  {
    id: "roles",
    head: "Roles",
    width: "minmax(8rem, 1.5fr)",
    cell: ({ roles }) => (roles.length === 0 ? <Quiet>none</Quiet> : roles.join(", ")),
    sort: byText(({ roles }) => roles.join(", ")),
  },
  {
    id: "teams",
    head: "Teams",
    width: "minmax(8rem, 1.5fr)",
    priority: 3,
    cell: ({ entry }) => <bdi>{entry.teams.join(", ")}</bdi>,
    sort: byText(({ entry }) => entry.teams.join(", ")),
  },
  {
    id: "ways",
    head: "Signs in by",
    width: "minmax(8rem, 1.5fr)",
    cell: ({ person }) => waysOf(person),
    sort: byText(({ person }) => waysOf(person)),
  },
  {
    id: "last",
    head: "Last sign-in",
    width: "7rem",
    priority: 3,
    cell: ({ person }) => {
      const ms = person?.last_sign_in_at_ms ?? null;
      return ms === null ? <Quiet>never</Quiet> : <Age ms={ms} />;
    },
    sort: (a, b) => (a.person?.last_sign_in_at_ms ?? 0) - (b.person?.last_sign_in_at_ms ?? 0),
  },
  {
    id: "state",
    head: "State",
    width: "9rem",
    cell: (row) => {
      const { tone, word } = stateOfPerson(row, Date.now());
      return tone === "off" && !row.entry.disabled ? <Quiet>{word}</Quiet> : <StateWord tone={tone}>{word}</StateWord>;
    },
    sort: byText((row) => stateOfPerson(row, Date.now()).word),
  },
];
