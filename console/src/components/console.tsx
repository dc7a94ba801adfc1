// The signed-in page: makes the live feed, watches over the server's state, and puts head and list together.
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { explainError, type Problem } from "../api/explain-error.ts";
import type { Api } from "../api/open-api.ts";
import { signOut } from "../api/session.ts";
import { createCallFeed } from "../feed/call-feed.ts";
import { parseAddress } from "../page/address.ts";
import { ServicesContext } from "../page/services.ts";
import { AccountDialog } from "./account/account-dialog.tsx";
import { AwayNotice } from "./away-notice.tsx";
import { CallsPage } from "./calls/calls-page.tsx";
import { PageHeader } from "./header/page-header.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import { Button } from "./parts/button.tsx";
import { Notice } from "./parts/notice.tsx";

interface ConsoleProps {
  api: Api;
  keyName: string;
  /** The session is over: by the reader's wish, or because the server says so. */
  onLeave: (why: "asked" | "ended") => void;
}

const pollMs = 5000;
const pollAwayMs = 2000;

export function Console({ api, keyName, onLeave }: ConsoleProps) {
  const services = useMemo(() => ({ api, feed: createFeed(api) }), [api]);
  const { feed } = services;
  const [help, setHelp] = useState(false);
  const [account, setAccount] = useState(false);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const status = useQuery({
    queryKey: ["status"],
    queryFn: ({ signal }) => api.client.status(undefined, { signal }),
    refetchInterval: (query) => (query.state.status === "error" ? pollAwayMs : pollMs),
  });
  const unread = status.isError ? explainError(status.error) : null;
  const away = unread?.kind === "away";
  const ended = unread?.kind === "signed_out";

  useEffect(() => {
    feed.start();
    const onOnline = (): void => feed.retryNow();
    addEventListener("online", onOnline);
    return () => {
      removeEventListener("online", onOnline);
      feed.close();
    };
  }, [feed]);
  useEffect(
    () =>
      feed.subscribe(() => {
        const { problem, connection } = feed.getState();
        const why = connection.kind === "waiting" ? (connection.problem ?? problem) : problem;
        if (why?.kind === "signed_out") onLeave("ended");
      }),
    [feed, onLeave],
  );
  useEffect(() => {
    if (ended) onLeave("ended");
  }, [ended, onLeave]);
  // The server is back: nothing waits for its turn any longer.
  const wasAway = useRef(false);
  useEffect(() => {
    if (wasAway.current && !away) feed.retryNow();
    wasAway.current = away;
  }, [away, feed]);

  const leave = async (): Promise<void> => {
    const problem = await signOut();
    if (problem === null) onLeave("asked");
    else setRefusal(problem);
  };
  return (
    <ServicesContext value={services}>
      <div className="flex h-full flex-col">
        <PageHeader
          status={status.data}
          unread={unread}
          keyName={keyName}
          onHelp={() => setHelp(true)}
          onAccount={() => setAccount(true)}
          onSignOut={() => void leave()}
        />
        {away && (
          <AwayNotice
            origin={api.origin}
            lastSeenMs={status.dataUpdatedAt === 0 ? null : status.dataUpdatedAt}
            onRetry={() => void status.refetch()}
          />
        )}
        {unread !== null && !away && <Band problem={unread} />}
        {refusal !== null && (
          <Band problem={refusal}>
            <Button kind="bare" className="-ml-1" onClick={() => setRefusal(null)}>
              Dismiss
            </Button>
          </Band>
        )}
        <CallsPage onHelp={() => setHelp(true)} />
        {help && <HelpDialog onClose={() => setHelp(false)} />}
        {account && <AccountDialog onClose={() => setAccount(false)} />}
      </div>
    </ServicesContext>
  );
}

function Band({ problem, children }: { problem: Problem; children?: ReactNode }) {
  return (
    <div className="border-b border-line bg-sheet px-4 py-2">
      <Notice problem={problem}>{children}</Notice>
    </div>
  );
}

/** The first question that the feed asks is already the address's own. */
function createFeed(api: Api): ReturnType<typeof createCallFeed> {
  const feed = createCallFeed(api);
  feed.setFilter(parseAddress(location.hash).filter);
  return feed;
}
