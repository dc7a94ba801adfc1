// Who is there? Signed in: the console. Not: the way in. No answer: wait and ask again.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { explainError } from "../api/explain-error.ts";
import type { Api } from "../api/open-api.ts";
import { AwayNotice } from "./away-notice.tsx";
import { Mark } from "./brand/mark.tsx";
import { Console } from "./console.tsx";
import { Notice } from "./parts/notice.tsx";
import { SignIn } from "./sign-in/sign-in.tsx";
import { useInvitation } from "../page/invitation.ts";

const askAgainMs = 2000;

export function App({ api }: { api: Api }) {
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

  // Whoever follows an invitation comes in as whom it invites, and not as who was here before.
  if (token !== null) return <SignIn ended={false} onSignedIn={enter} />;
  if (left !== null) return <SignIn ended={left === "ended"} onSignedIn={enter} />;
  if (session.data !== undefined) return <Console api={api} keyName={session.data.key_name} onLeave={leave} />;
  if (session.isPending) return null;
  const problem = explainError(session.error);
  if (problem.kind === "signed_out") return <SignIn ended={false} onSignedIn={enter} />;
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
