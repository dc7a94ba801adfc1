// Who is there? Signed in: the console. Not: the way in. No answer: wait and ask again.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useState } from "react";
import { explainError } from "../api/explain-error.ts";
import type { Api } from "../api/open-api.ts";
import { AwayNotice } from "./away-notice.tsx";
import { Mark } from "../components/brand/mark.tsx";
import { Console } from "./console.tsx";
import { Notice } from "../components/parts/notice.tsx";
import type { ConsoleRouter } from "./routing/router.ts";
import { useInvitation } from "../page/invitation.ts";

// Most who come are signed in already.
const SignIn = lazy(async () => ({ default: (await import("../sign-in/sign-in.tsx")).SignIn }));

const askAgainMs = 2000;

export function App({ api, router }: { api: Api; router: ConsoleRouter }) {
  const queries = useQueryClient();
  const { token } = useInvitation();
  // Null: signed in as far as the server says. Set as soon as it is known to be over.
  const [left, setLeft] = useState<"asked" | "ended" | null>(null);
  const session = useQuery({
    queryKey: ["session"],
    queryFn: async ({ signal }) => {
      const found = await api.client.session.get(undefined, { signal });
      api.setCsrf(found.csrf_token);
      return found;
    },
    enabled: left === null,
    staleTime: Infinity,
    refetchInterval: (query) =>
      query.state.status === "error" && !isSignedOut(query.state.error) ? askAgainMs : false,
  });
  const leave = useCallback(
    (why: "asked" | "ended") => {
      setLeft(why);
      queries.clear();
    },
    [queries],
  );
  const enter = useCallback(() => {
    setLeft(null);
    void queries.resetQueries({ queryKey: ["session"] });
  }, [queries]);

  const wayIn = (ended: boolean) => (
    <Suspense>
      <SignIn ended={ended} onSignedIn={enter} />
    </Suspense>
  );
  // Whoever follows an invitation comes in as whom it invites, and not as who was here before.
  if (token !== null) return wayIn(false);
  if (left !== null) return wayIn(left === "ended");
  if (session.data !== undefined) return <Console api={api} router={router} session={session.data} onLeave={leave} />;
  if (session.isPending) return null;
  const problem = explainError(session.error);
  if (problem.kind === "signed_out") return wayIn(false);
  return (
    <main className="grid min-h-full place-content-center justify-items-center gap-6 p-6">
      <Mark size={72} hunting />
      {problem.kind === "away" ? (
        <div className="max-w-xl overflow-hidden rounded-md border border-line">
          <AwayNotice origin={api.origin} lastSeenMs={null} onRetry={() => void session.refetch()} />
        </div>
      ) : (
        <Notice problem={problem} />
      )}
    </main>
  );
}

function isSignedOut(error: unknown): boolean {
  return explainError(error).kind === "signed_out";
}
