// The page of calls: toolbar, tape, list, and the record that is open beside it. The address says which one that is.
import { useCallback, useEffect, useRef, useState } from "react";
import { type CallFilter, isFiltered, noFilter } from "../../feed/call-filter.ts";
import { formatAddress, goTo, useAddress } from "../../page/address.ts";
import { useFeed, useServices } from "../../page/services.ts";
import { useShortcuts } from "../../page/shortcuts.ts";
import { useMedia } from "../../page/use-media.ts";
import { Button } from "../parts/button.tsx";
import { Notice } from "../parts/notice.tsx";
import { RecordPanel } from "../record/record-panel.tsx";
import { Announcer } from "./announcer.tsx";
import { CallGrid, type CallGridHandle } from "./grid/call-grid.tsx";
import { FirstCall } from "./first/first-call.tsx";
import { Greeting } from "./first/greeting.tsx";
import { ListFoot } from "./grid/list-foot.tsx";
import { NothingFound } from "./nothing-found.tsx";
import { Tape } from "./tape.tsx";
import { Toolbar } from "./toolbar/toolbar.tsx";
import { useFirstCall } from "./first/use-first-call.ts";

export function CallsPage({ onHelp }: { onHelp: () => void }) {
  const { api, feed } = useServices();
  const { list, loaded, problem, paused } = useFeed();
  const { rows } = list;
  const { callId, filter } = useAddress();
  const [cursorId, setCursorId] = useState<string | null>(callId);
  const grid = useRef<CallGridHandle>(null);
  const modelField = useRef<HTMLInputElement>(null);
  const isNarrow = !useMedia("(min-width: 68rem)");
  const first = useFirstCall();

  useEffect(() => feed.setFilter(filter), [feed, filter]);
  useEffect(() => setCursorId((old) => callId ?? old), [callId]);

  const open = useCallback((id: string) => goTo({ callId: id, filter }), [filter]);
  const close = useCallback(() => {
    goTo({ callId: null, filter });
    grid.current?.focus();
  }, [filter]);
  const setFilter = useCallback((next: CallFilter) => goTo({ callId, filter: next }, { replace: true }), [callId]);
  const hrefOf = useCallback((id: string) => formatAddress({ callId: id, filter }), [filter]);
  const move = (by: number): void => {
    const from = rows.findIndex((row) => row.call.id === cursorId);
    // Without a cursor it stands before the first row, which is where -1 is.
    const to = Math.min(rows.length - 1, Math.max(0, from + by));
    const id = rows[to]?.call.id;
    if (id === undefined) return;
    if (callId === null) grid.current?.focus();
    else goTo({ callId: id, filter }, { replace: true });
    setCursorId(id);
  };
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    p: () => feed.setPaused(!paused),
    "/": () => modelField.current?.focus(),
    "?": onHelp,
    ...(callId !== null && { Escape: close }),
  });

  const isEmpty = loaded && rows.length === 0 && problem === null;
  return (
    <main className="flex min-h-0 flex-1">
      <div inert={callId !== null && isNarrow} className="flex min-w-0 flex-1 flex-col">
        <Toolbar filter={filter} onFilter={setFilter} modelRef={modelField} />
        <Tape />
        {first.call !== null && (
          <Greeting call={first.call} onOpen={() => first.call && open(first.call.id)} onDismiss={first.dismiss} />
        )}
        {problem !== null && problem.kind !== "away" && (
          <div className="border-b border-line bg-sheet px-4 py-3">
            <Notice problem={problem}>
              <Button kind="bare" className="-ml-1" onClick={feed.retryNow}>
                Try again now
              </Button>
            </Notice>
          </div>
        )}
        <div className="relative flex min-h-0 flex-1">
          {!isEmpty && (
            <CallGrid
              ref={grid}
              rows={rows}
              cursorId={cursorId}
              openId={callId}
              hrefOf={hrefOf}
              onOpen={open}
              onMove={move}
              foot={<ListFoot />}
            />
          )}
          {isEmpty && !isFiltered(filter) && <FirstCall origin={api.origin} />}
          {isEmpty && isFiltered(filter) && <NothingFound filter={filter} onClear={() => setFilter(noFilter)} />}
        </div>
        <Announcer />
      </div>
      {callId !== null && <RecordPanel callId={callId} onClose={close} onMove={move} />}
    </main>
  );
}
