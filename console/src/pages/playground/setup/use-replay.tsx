// `?call=<id>`: what that call asked is taken over once, and what could not be is said.
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import { explainError } from "../../../api/explain-error.ts";
import { Notice } from "../../../components/parts/notice.tsx";
import { useServices } from "../../../page/services.ts";
import { type Replay, setupFromCall } from "./replay.ts";
import type { Setup } from "./setup.ts";

/** What to say of it above the page. */
export function useReplay(callId: string | undefined, onTaken: (setup: Setup) => void): ReactNode {
  const { api } = useServices();
  const found = useQuery({
    queryKey: ["playground", "replay", callId],
    queryFn: async ({ signal }): Promise<Replay> =>
      setupFromCall(await api.client.calls.get({ id: callId ?? "" }, { signal })),
    enabled: callId !== undefined,
    staleTime: Infinity,
    retry: false,
  });
  const taken = useRef<string | undefined>(undefined);
  const latest = useRef(onTaken);
  useEffect(() => {
    latest.current = onTaken;
  });
  useEffect(() => {
    if (found.data === undefined || taken.current === callId) return;
    taken.current = callId;
    latest.current(found.data.setup);
  }, [found.data, callId]);
  if (callId === undefined) return null;
  if (found.isError) {
    return (
      <div className="border-b border-line bg-sheet px-4 py-2">
        <Notice problem={explainError(found.error)} />
      </div>
    );
  }
  if (found.data === undefined) return null;
  return (
    <p className="border-b border-line bg-sheet px-4 py-1.5 text-soft">
      {`As call ${callId.slice(-6)} asked it. `}
      {found.data.note ?? ""}
    </p>
  );
}
