// Carries out what keys and presses ask of a list.
import { type KeyboardEvent, type RefObject, useLayoutEffect, useMemo, useRef } from "react";
import { deedOf, type KeyDeed, moveIndex } from "./grid-keys.ts";
import type { GridProps, GridTree, RowActions } from "./grid-source.ts";
import { toggleAll, toggleRows } from "./select-rows.ts";
import type { Cursor } from "./use-cursor.ts";

interface Wiring<Row> {
  props: GridProps<Row>;
  tree: GridTree<Row> | undefined;
  keys: readonly string[];
  cursor: Cursor;
  scroller: RefObject<HTMLElement | null>;
  rowHeight: number;
  scrollTo(index: number): void;
}

interface GridActions {
  on: RowActions;
  selectAll(): void;
  onKeyDown(event: KeyboardEvent): void;
  onFocus(): void;
}

export function useGridActions<Row>(wiring: Wiring<Row>): GridActions {
  const latest = useRef(wiring);
  useLayoutEffect(() => {
    latest.current = wiring;
  });
  const pressedBefore = useRef<string | null>(null);
  return useMemo(() => {
    const on: RowActions = {
      open: (key) => openRow(latest.current, key, false),
      point: (key) => latest.current.cursor.put(key),
      select(key, isRange) {
        const { props, keys } = latest.current;
        const fromKey = isRange ? pressedBefore.current : null;
        pressedBefore.current = key;
        props.onSelect?.(toggleRows(props.selected ?? new Set(), keys, { key, fromKey }));
      },
      setExpanded: (key, isExpanded) => latest.current.tree?.setExpanded(key, isExpanded),
    };
    const selectAll = (): void => {
      const { props, keys } = latest.current;
      props.onSelect?.(toggleAll(props.selected ?? new Set(), keys));
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.target !== event.currentTarget) return;
      const { scroller, rowHeight } = latest.current;
      const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
      const deed = deedOf(event, page);
      if (deed !== null && carryOut(latest.current, deed, { on, selectAll })) event.preventDefault();
    };
    const onFocus = (): void => {
      const { cursor, keys } = latest.current;
      if (cursor.index < 0) cursor.put(keys[0] ?? null);
    };
    return { on, selectAll, onKeyDown, onFocus };
  }, []);
}

/** False where the deed is none of this list's: the browser then does what it does. */
function carryOut<Row>(wiring: Wiring<Row>, deed: KeyDeed, { on, selectAll }: Pick<GridActions, "on" | "selectAll">) {
  const { cursor, keys, props, tree } = wiring;
  if (deed.kind === "move") return moveTo(wiring, moveIndex(cursor.index, deed.by, keys.length));
  if (deed.kind === "select_all" && props.onSelect !== undefined) {
    selectAll();
    return true;
  }
  const key = keys[cursor.index];
  if (key === undefined) return false;
  if (deed.kind === "open") {
    if (props.onOpen === undefined && props.hrefOf === undefined) return toggleNode(wiring);
    on.open(key);
    return true;
  }
  if (deed.kind === "select" && props.onSelect !== undefined) {
    on.select(key, false);
    return true;
  }
  if (tree !== undefined && (deed.kind === "fold" || deed.kind === "unfold")) return foldOrGo(wiring, deed.kind);
  return false;
}

function moveTo<Row>(wiring: Wiring<Row>, index: number): boolean {
  const { cursor, keys, props, scrollTo } = wiring;
  const key = keys[index];
  if (key === undefined) return false;
  cursor.put(key);
  scrollTo(index);
  // While one is open beside the list, the next one is what one wants to see.
  if (typeof props.openKey === "string" && props.openKey !== key) openRow(wiring, key, true);
  return true;
}

function foldOrGo<Row>(wiring: Wiring<Row>, kind: "fold" | "unfold"): boolean {
  const { cursor, keys, props, tree } = wiring;
  const row = props.rows[cursor.index];
  const node = row === undefined ? undefined : tree?.nodeOf(row);
  if (node === undefined || tree === undefined) return false;
  if (kind === "unfold") {
    if (node.childCount === 0) return true;
    if (node.isExpanded) return moveTo(wiring, cursor.index + 1);
    tree.setExpanded(node.key, true);
    return true;
  }
  if (node.isExpanded) tree.setExpanded(node.key, false);
  else if (node.parentKey !== null) return moveTo(wiring, keys.indexOf(node.parentKey));
  return true;
}

function toggleNode<Row>({ cursor, props, tree }: Wiring<Row>): boolean {
  const row = props.rows[cursor.index];
  const node = row === undefined ? undefined : tree?.nodeOf(row);
  if (node === undefined || node.childCount === 0) return false;
  tree?.setExpanded(node.key, !node.isExpanded);
  return true;
}

function openRow<Row>({ props, keys, scroller }: Wiring<Row>, key: string, replace: boolean): void {
  const index = keys.indexOf(key);
  const row = props.rows[index];
  if (row === undefined) return;
  if (props.onOpen !== undefined) props.onOpen(row, { replace });
  else if (props.hrefOf !== undefined)
    scroller.current?.querySelector<HTMLAnchorElement>(`[aria-rowindex="${index + 2}"] a[href]`)?.click();
}
