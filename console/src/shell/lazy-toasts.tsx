// Toasts, fetched when there is a first one to show. What is said meanwhile waits for them.
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { listenForToasts, type ToastRequest } from "../components/overlays/show-toast.ts";

const Toasts = lazy(async () => ({ default: (await import("../components/overlays/toasts.tsx")).Toasts }));

export function LazyToasts() {
  const [isAsked, setAsked] = useState(false);
  const early = useRef<ToastRequest[]>([]);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => {
    stop.current = listenForToasts((request) => {
      early.current.push(request);
      setAsked(true);
    });
    return stop.current;
  }, []);
  const takeEarly = useCallback(() => {
    stop.current?.();
    return early.current.splice(0);
  }, []);
  if (!isAsked) return null;
  return (
    <Suspense>
      <Toasts takeEarly={takeEarly} />
    </Suspense>
  );
}
