// The cursor of a chart: where it stands, how pointer and keys move it, and the stretch that is being chosen with it.
// A moment, not a place: it stays on its figures while live ones come in. Charts that stand together share one.
import { createContext, type KeyboardEvent, type PointerEvent, useContext, useState } from "react";
import { nearest } from "../scales/align-points.ts";
import { isWithin } from "./drawing.ts";

export interface SharedCursor {
  ms: number | null;
  move: (ms: number | null) => void;
}

/** Also says to a chart that it stands among others, which say the zone once for all. */
export const SharedCursorContext = createContext<SharedCursor | null>(null);

interface CursorOptions {
  xs: readonly number[];
  startMs: number;
  endMs: number;
  /** Bars are over what begins at their moment; lines have a point at it. */
  barMs: number | null;
  onZoom?: ((fromMs: number, toMs: number) => void) | undefined;
  onPoint?: ((ms: number) => void) | undefined;
}

const strides: Partial<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageUp: -10,
  PageDown: 10,
  Home: -Infinity,
  End: Infinity,
};
/** A pointer that moves less between down and up has pointed, not chosen a stretch. */
const dragPixels = 6;

export function useTimeCursor(options: CursorOptions) {
  const { startMs, endMs, barMs, onZoom, onPoint } = options;
  const own = useState<number | null>(null);
  const shared = useContext(SharedCursorContext);
  const [ms, move] = shared === null ? own : [shared.ms, shared.move];
  const [anchorMs, setAnchor] = useState<number | null>(null);
  const xs = options.xs.filter((at) => isWithin(at, options, barMs));
  const momentAt = (event: PointerEvent<HTMLElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return startMs + share * (endMs - startMs);
  };
  const snap = (at: number): number | null => xs[nearest(xs, at - (barMs ?? 0) / 2)] ?? null;
  const index = ms === null || xs.length === 0 ? null : nearest(xs, ms);
  const chosen = anchorMs === null || ms === null || anchorMs === ms ? null : stretch(anchorMs, ms, barMs);
  const finish = (): void => {
    setAnchor(null);
    if (chosen !== null) onZoom?.(chosen.fromMs, chosen.toMs);
  };
  return {
    xs,
    index,
    ms: index === null ? null : (xs[index] ?? null),
    chosen: onZoom === undefined ? null : chosen,
    onPointerMove: (event: PointerEvent<HTMLElement>) => move(snap(momentAt(event))),
    onPointerLeave: () => {
      if (anchorMs === null) move(null);
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      const at = snap(momentAt(event));
      move(at);
      if (event.pointerType === "mouse") {
        event.currentTarget.setPointerCapture(event.pointerId);
        setAnchor(at);
      }
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const box = event.currentTarget.getBoundingClientRect();
      const moved = anchorMs === null ? 0 : Math.abs(momentAt(event) - anchorMs) * (box.width / (endMs - startMs));
      if (chosen !== null && moved >= dragPixels) return finish();
      setAnchor(null);
      if (ms !== null) onPoint?.(ms);
    },
    onPointerCancel: () => setAnchor(null),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.metaKey || event.ctrlKey || event.altKey) return;
      const stride = strides[event.key];
      if (stride !== undefined && xs.length > 0) {
        event.preventDefault();
        const from = index ?? (stride < 0 ? xs.length : -1);
        if (event.shiftKey && onZoom !== undefined) setAnchor(anchorMs ?? ms);
        else setAnchor(null);
        move(xs[Math.min(xs.length - 1, Math.max(0, from + stride))] ?? null);
      } else if (event.key === "Enter" && ms !== null) {
        event.preventDefault();
        if (chosen !== null) finish();
        else onPoint?.(ms);
      } else if (event.key === "Escape" && ms !== null) {
        event.preventDefault();
        setAnchor(null);
        move(null);
      }
    },
    onBlur: () => {
      setAnchor(null);
      move(null);
    },
  };
}

function stretch(one: number, other: number, barMs: number | null): { fromMs: number; toMs: number } {
  return { fromMs: Math.min(one, other), toMs: Math.max(one, other) + (barMs ?? 0) };
}
