// An installation that nobody has called yet: how to make the first call, and a greeting when it comes.
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { FirstCall } from "../../components/first/first-call.tsx";
import { Greeting } from "../../components/first/greeting.tsx";
import { useServices } from "../../page/services.ts";

const waitMs = 1000;

/** The newest call there is; null where there is none, undefined before it is known. */
export function useNewestCall() {
  const { api } = useServices();
  const asked = useQuery({
    queryKey: ["helm", "newest"],
    queryFn: async ({ signal }) => (await api.client.calls.list({ limit: 1 }, { signal })).calls[0] ?? null,
    // Once there is one, that there is one does not change.
    refetchInterval: (query) => (query.state.data === null ? waitMs : false),
  });
  return asked.data;
}

export function FirstSteps() {
  const { api } = useServices();
  return <FirstCall origin={api.origin} />;
}

/** Shown to whoever saw the empty page before. */
export function FirstGreeting({ newest }: { newest: ReturnType<typeof useNewestCall> }) {
  const wasEmpty = useRef(false);
  const navigate = useNavigate();
  const [dismissed, setDismissed] = useState(false);
  useEffect(() => {
    if (newest === null) wasEmpty.current = true;
  }, [newest]);
  if (newest === null || newest === undefined || !wasEmpty.current || dismissed) return null;
  const open = (): void => void navigate({ to: "/calls/{-$callId}", params: { callId: newest.id } });
  return <Greeting call={newest} onOpen={open} onDismiss={() => setDismissed(true)} />;
}
