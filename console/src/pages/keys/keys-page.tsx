// Keys: whose each is, what it may do, what is left of its caps, and making, changing and ending them.
import { useCallback, useMemo, useState } from "react";
import type { CreatedKey } from "../../../../src/governance/contract.ts";
import { curlFor } from "../../api/curl.ts";
import { FindField } from "../../components/access/find-field.tsx";
import { OrganisationChoice } from "../../components/access/organisation-choice.tsx";
import { rowsMax } from "../../components/access/read-all.ts";
import { useSpend } from "../../components/access/use-spend.ts";
import { Empty } from "../../components/frame/empty.tsx";
import { Page } from "../../components/frame/page.tsx";
import { Button } from "../../components/parts/button.tsx";
import { CopyButton } from "../../components/parts/copy-button.tsx";
import { Segmented } from "../../components/parts/segmented.tsx";
import { DataTable } from "../../components/tables/data-table.tsx";
import { TableCount } from "../../components/tables/table-count.tsx";
import { formatCount } from "../../format/figures.ts";
import { useMay, useServices } from "../../page/services.ts";
import { useAddress } from "./address.ts";
import { KeyDialogs, KeyMenu, type KeyChanges } from "./changes/key-actions.tsx";
import { NewKeyDialog } from "./changes/key-dialog.tsx";
import { blankKeyFor } from "./changes/key-draft.ts";
import { columnsOf } from "./columns.tsx";
import { KeyDrawer } from "./key-drawer.tsx";
import { findRows, type KeyRow } from "./key-rows.ts";
import { SecretDialog } from "./secret/secret-dialog.tsx";
import { useKeyRows } from "./use-key-rows.ts";

const keyOf = ({ key }: KeyRow): string => key.id;
const states = ["active", "disabled", "expired", "revoked", "all"] as const;

export function KeysPage() {
  const { api } = useServices();
  const { organisation, find, state, made, goTo } = useAddress();
  const may = useMay("change_keys");
  const [changes, setChanges] = useState<KeyChanges | null>(null);
  const [secret, setSecret] = useState<{ made: CreatedKey; isRotated: boolean } | null>(null);
  const list = useKeyRows();
  const shown = useMemo(() => findRows(list.rows, { find, state }), [list.rows, find, state]);
  const closeNew = (): void => goTo({ new: undefined }, true);
  const showMade = (key: CreatedKey): void => {
    setSecret({ made: key, isRotated: changes !== null });
    setChanges(null);
    if (made !== null) closeNew();
  };
  const actions = may ? (
    <Button kind="primary" onClick={() => goTo({ new: "key" })}>
      New key
    </Button>
  ) : (
    <span className="text-fine text-soft">Your roles let you look at this, not change it.</span>
  );
  const toolbar = (
    <>
      <FindField label="Find" value={find} onChange={(next) => goTo({ find: next }, true)} />
      <Segmented
        label="State"
        value={state}
        onChange={(next) => goTo({ state: next }, true)}
        options={states.map((value) => ({ value, label: value }))}
      />
      <OrganisationChoice value={organisation} onChange={(next) => goTo({ organisation: next, open: undefined })} />
      <span className="ml-auto inline-flex items-center gap-2">
        <TableCount
          shown={shown.length}
          total={list.isCut && find !== "" ? undefined : list.rows.length}
          more={list.isFoundCut || list.isLooking}
        />
        <CopyButton
          text={curlFor(api.origin, "/keys", { organisation, find: find.trim() === "" ? undefined : find.trim() })}
          label="the curl command for the keys"
          word="curl"
        />
      </span>
    </>
  );
  return (
    <Page title="Keys" actions={actions} toolbar={toolbar} fill>
      <KeyList list={list} shown={shown} onAsk={may ? setChanges : null} />
      {may && made !== null && (
        <NewKeyDialog organisation={organisation} first={blankKeyFor(made)} onMade={showMade} onClose={closeNew} />
      )}
      {changes !== null && (
        <KeyDialogs open={changes} organisation={organisation} onMade={showMade} onClose={() => setChanges(null)} />
      )}
      {secret !== null && <SecretDialog {...secret} onClose={() => setSecret(null)} />}
    </Page>
  );
}

interface KeyListProps {
  list: ReturnType<typeof useKeyRows>;
  shown: readonly KeyRow[];
  /** Null for those who may only look. */
  onAsk: ((changes: KeyChanges) => void) | null;
}

function KeyList({ list, shown, onAsk }: KeyListProps) {
  const { organisation, open, goTo, hrefOf } = useAddress();
  const spend = useSpend("key", organisation).data;
  const columns = useMemo(() => columnsOf(spend), [spend]);
  const rowHref = useCallback((row: KeyRow) => hrefOf(row.key.id), [hrefOf]);
  const menu = useCallback(
    ({ key }: KeyRow) => (onAsk === null ? null : <KeyMenu apiKey={key} onAsk={onAsk} />),
    [onAsk],
  );
  const opened = open === null ? undefined : list.rows.find(({ key }) => key.id === open);
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {list.isCut && <Cut />}
        <DataTable
          label="Keys"
          rows={shown}
          rowKey={keyOf}
          columns={columns}
          hrefOf={rowHref}
          onOpen={({ key }, { replace }) => goTo({ open: key.id }, replace)}
          openKey={open}
          actions={onAsk === null ? undefined : menu}
          loading={list.isPending}
          problem={list.problem}
          empty={
            list.rows.length === 0 ? <NoKeys /> : list.isLooking ? "Looking among all keys." : "No key is like that."
          }
          fill
        />
      </div>
      {opened !== undefined && (
        <KeyDrawer
          row={opened}
          organisation={organisation}
          actions={onAsk === null ? null : <KeyMenu apiKey={opened.key} onAsk={onAsk} />}
          onClose={() => goTo({ open: undefined })}
        />
      )}
    </div>
  );
}

function Cut() {
  return (
    <p className="border-b border-line bg-sheet px-4 py-1.5 text-soft">
      This page lists the newest {formatCount(rowsMax)} keys and finds among all of them.{" "}
      <code className="font-mono text-fine">binnacle export</code> writes all of them.
    </p>
  );
}

function NoKeys() {
  return (
    <Empty title="No key yet" code={'binnacle keys create --name "my app"'}>
      Programs call with keys. Each says whose it is, what it may do, and what it may spend.
    </Empty>
  );
}
