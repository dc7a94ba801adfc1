// The list of calls with what narrows it above and the open record beside it, and the keys that lead through both.
import { useCallback, useEffect, useRef, useState } from "react";
import { Button } from "../../components/parts/button.tsx";
import { FirstCall } from "../../components/first/first-call.tsx";
import { Greeting } from "../../components/first/greeting.tsx";
import { Notice } from "../../components/parts/notice.tsx";
import { useServices } from "../../page/services.ts";
import { useShortcuts } from "../../page/shortcuts.ts";
import { useMedia } from "../../page/use-media.ts";
import { useAddress } from "./address.ts";
import { Announcer } from "./announcer.tsx";
import { MarkBar } from "./compare/mark-bar.tsx";
import { toggleMark } from "./compare/toggle-mark.ts";
import { type CallFilter, isFiltered } from "./feed/call-filter.ts";
import { useCallFeed, useFeed } from "./feed/feed-context.ts";
import { isBadFilter } from "./feed/feed-state.ts";
import { CallGrid, type CallGridHandle } from "./grid/call-grid.tsx";
import { ListFoot } from "./grid/list-foot.tsx";
import { HowToWrite } from "./how-to-write.tsx";
import { NothingFound } from "./nothing-found.tsx";
import { RecordPanel } from "./record/record-panel.tsx";
import { Tape } from "./tape.tsx";
import { Toolbar } from "./toolbar/toolbar.tsx";
import { useFirstCall } from "./use-first-call.ts";

interface CallsProps {
  /** Calls marked to be compared, at most two. */
  marked: readonly string[];
  onMarked: (marked: readonly string[]) => void;
}

export function Calls({ marked, onMarked }: CallsProps) {
  const feed = useCallFeed();
  const { list, paused } = useFeed();
  const { rows } = list;
  const { callId, filter, show, goTo } = useAddress();
  const [cursorId, setCursorId] = useState<string | null>(callId);
  const grid = useRef<CallGridHandle>(null);
  const filterField = useRef<HTMLInputElement>(null);
  const isNarrow = !useMedia("(min-width: 68rem)");

  useEffect(() => setCursorId((old) => callId ?? old), [callId]);

  const close = useCallback(() => {
    goTo({ callId: null });
    grid.current?.focus();
  }, [goTo]);
  const setFilter = useCallback((next: CallFilter) => goTo({ filter: next }, { replace: true }), [goTo]);
  const mark = useCallback((id: string) => onMarked(toggleMark(marked, id)), [marked, onMarked]);
  const compare = (): void => {
    const [one, other] = marked;
    if (one !== undefined && other !== undefined) goTo({ callId: null, diff: [one, other] });
  };
  const move = (by: number): void => {
    const from = rows.findIndex((row) => row.call.id === cursorId);
    // Without a cursor it stands before the first row, which is where -1 is.
    const to = Math.min(rows.length - 1, Math.max(0, from + by));
    const id = rows[to]?.call.id;
    if (id === undefined) return;
    if (callId === null) grid.current?.focus();
    else goTo({ callId: id }, { replace: true });
    setCursorId(id);
  };
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    x: () => cursorId !== null && mark(cursorId),
    d: compare,
    p: () => feed.setPaused(!paused),
    "/": () => filterField.current?.focus(),
    ...(callId !== null && { Escape: close }),
  });

  return (
    <div className="flex min-h-0 flex-1">
      <div inert={callId !== null && isNarrow} className="flex min-w-0 flex-1 flex-col">
        <Toolbar filter={filter} onFilter={setFilter} inputRef={filterField} />
        <Tape />
        <Greetings />
        <Trouble />
        <MarkBar
          marked={marked}
          calls={rows.map(({ call }) => call)}
          onCompare={compare}
          onClear={() => onMarked([])}
        />
        <List gridRef={grid} cursorId={cursorId} marked={marked} onMark={mark} onMove={move} onFilter={setFilter} />
        <Announcer />
      </div>
      {callId !== null && (
        <RecordPanel
          callId={callId}
          show={show}
          isMarked={marked.includes(callId)}
          onMark={mark}
          onClose={close}
          onMove={move}
        />
      )}
    </div>
  );
}

function Greetings() {
  const first = useFirstCall();
  const { goTo } = useAddress();
  const { call } = first;
  if (call === null) return null;
  return <Greeting call={call} onOpen={() => goTo({ callId: call.id })} onDismiss={first.dismiss} />;
}

/** Why the list could not be read, unless that is said elsewhere: above all pages, or at the filter. */
function Trouble() {
  const feed = useCallFeed();
  const state = useFeed();
  const { problem } = state;
  if (problem === null || problem.kind === "away" || isBadFilter(state)) return null;
  return (
    <div className="border-b border-line bg-sheet px-4 py-3">
      <Notice problem={problem}>
        <Button kind="bare" className="-ml-1" onClick={feed.retryNow}>
          Try again now
        </Button>
      </Notice>
    </div>
  );
}

interface ListProps {
  gridRef: React.RefObject<CallGridHandle | null>;
  cursorId: string | null;
  marked: readonly string[];
  onMark: (id: string) => void;
  onMove: (by: number) => void;
  onFilter: (filter: CallFilter) => void;
}

function List({ gridRef, cursorId, marked, onMark, onMove, onFilter }: ListProps) {
  const { api } = useServices();
  const feed = useCallFeed();
  const state = useFeed();
  const { list, loaded, problem } = state;
  // After a failure nothing is asked for again but by the button: a server in trouble is not helped by scrolling.
  const loadOlder = useCallback(() => {
    if (feed.getState().problem === null) void feed.loadOlder();
  }, [feed]);
  const { callId, filter, goTo, hrefOf: addressOf } = useAddress();
  const open = useCallback((id: string) => goTo({ callId: id }), [goTo]);
  const hrefOf = useCallback((id: string) => addressOf({ callId: id }), [addressOf]);
  const isEmpty = loaded && list.rows.length === 0 && problem === null;
  return (
    <div className="relative flex min-h-0 flex-1">
      {isBadFilter(state) ? (
        <div className="min-w-0 flex-1 overflow-y-auto bg-sheet px-4 py-10">
          <HowToWrite onPick={(text) => onFilter({ ...filter, text })} />
        </div>
      ) : isEmpty ? (
        isFiltered(filter) ? (
          <NothingFound filter={filter} onFilter={onFilter} />
        ) : (
          <FirstCall origin={api.origin} />
        )
      ) : (
        <CallGrid
          ref={gridRef}
          rows={list.rows}
          cursorId={cursorId}
          openId={callId}
          hrefOf={hrefOf}
          onOpen={open}
          onMove={onMove}
          marked={marked}
          onMark={onMark}
          onEnd={loadOlder}
          foot={<ListFoot onFilter={onFilter} />}
        />
      )}
    </div>
  );
}
