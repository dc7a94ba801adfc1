// People: who can sign in, with what roles, and since when they have not.
import { useCallback, useMemo, useState } from "react";
import { Empty } from "../../../components/frame/empty.tsx";
import { DataTable } from "../../../components/tables/data-table.tsx";
import { useMay } from "../../../page/services.ts";
import { useAddress } from "../address.ts";
import { personColumns } from "./columns.tsx";
import { type PersonChange, PersonDialogs, PersonMenu } from "./person-actions.tsx";
import { PersonDrawer } from "./person-drawer.tsx";
import { findPeople, type PersonRow } from "./person-rows.ts";
import { usePeople } from "./use-people.ts";

const nameOf = ({ name }: PersonRow): string => name;

export function PeopleView() {
  const { organisation, open, find, goTo, hrefOf } = useAddress();
  const may = useMay("change_people");
  const [change, setChange] = useState<PersonChange | null>(null);
  const people = usePeople(organisation);
  const shown = useMemo(() => findPeople(people.rows, find), [people.rows, find]);
  const rowHref = useCallback(({ name }: PersonRow) => hrefOf(`user:${name}`), [hrefOf]);
  const menu = useCallback((row: PersonRow) => <PersonMenu row={row} onAsk={setChange} />, []);
  const openName = open?.startsWith("user:") === true ? open.slice("user:".length) : null;
  const opened = people.rows.find(({ name }) => name === openName);
  return (
    <div className="flex min-h-0 flex-1">
      <DataTable
        label="People"
        rows={shown}
        rowKey={nameOf}
        columns={personColumns}
        hrefOf={rowHref}
        onOpen={({ name }, { replace }) => goTo({ open: `user:${name}` }, replace)}
        openKey={openName}
        actions={may ? menu : undefined}
        loading={people.isPending}
        problem={people.problem}
        empty={people.rows.length === 0 ? <Nobody /> : `Nobody is like “${find}”.`}
        fill
      />
      {opened !== undefined && (
        <PersonDrawer
          row={opened}
          actions={may ? <PersonMenu row={opened} onAsk={setChange} /> : null}
          onClose={() => goTo({ open: undefined })}
        />
      )}
      {change !== null && <PersonDialogs open={change} onClose={() => setChange(null)} />}
    </div>
  );
}

function Nobody() {
  return (
    <Empty title="Nobody yet" code={"binnacle users create ada\nbinnacle people invite ada --role auditor"}>
      A person is a user of the directory. Make one, then invite them: they get a link, and set a password or make a
      passkey.
    </Empty>
  );
}
