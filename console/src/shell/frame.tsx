// What stands around every page: the rail or its bar, what is wrong with the server, and the dialogs that any page can call up.
import { Outlet, useLocation, useNavigate, useRouterState } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from "react";
import { signOut } from "../api/session.ts";
import type { Problem } from "../api/explain-error.ts";
import { Button } from "../components/parts/button.tsx";
import { Notice } from "../components/parts/notice.tsx";
import { useServices } from "../page/services.ts";
import { useShortcuts } from "../page/shortcuts.ts";
import { AwayNotice } from "./away-notice.tsx";
import { LazyToasts } from "./lazy-toasts.tsx";
import { useLeave } from "./leave.ts";
import type { Command } from "./navigation/palette.tsx";
import { Rail, TopBar } from "./navigation/rail.tsx";
import { RailFoot } from "./navigation/rail-foot.tsx";
import { StateInAWord } from "./navigation/state-in-a-word.tsx";
import { useGoKeys } from "./navigation/use-go-keys.ts";
import { pagesFor } from "./routing/pages.ts";
import { useHouse, useWaiting } from "./use-house.ts";

// Called up now and then: not in the way of the first page.
const AccountDialog = lazy(async () => ({ default: (await import("./account/account-dialog.tsx")).AccountDialog }));
const HelpDialog = lazy(async () => ({ default: (await import("./help-dialog.tsx")).HelpDialog }));
const Palette = lazy(async () => ({ default: (await import("./navigation/palette.tsx")).Palette }));

type Open = "help" | "account" | "find" | null;

export function Frame() {
  const { api, session } = useServices();
  const pages = useMemo(() => pagesFor(session), [session]);
  const [open, setOpen] = useState<Open>(null);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const house = useHouse();
  const waiting = useWaiting();
  const leave = useLeave();
  useGoKeys(pages, () => setOpen("find"));
  useShortcuts({ "?": () => setOpen("help") });
  const isElsewhere = useFirstPage(pages[0]?.path);

  const goOut = async (): Promise<void> => {
    const problem = await signOut();
    if (problem === null) leave("asked");
    else setRefusal(problem);
  };
  const commands: Command[] = [
    { id: "help", title: "Keys and commands", also: "help shortcuts", note: "?", run: () => setOpen("help") },
    {
      id: "account",
      title: "Your account",
      also: "password passkeys devices",
      note: "",
      run: () => setOpen("account"),
    },
    { id: "out", title: "Sign out", also: "leave log", note: "", run: () => void goOut() },
  ];
  const state = house.status !== undefined || house.unread !== null ? <StateInAWord {...house} /> : null;
  const foot = (
    <RailFoot
      who={session.key_name}
      onHelp={() => setOpen("help")}
      onAccount={() => setOpen("account")}
      onSignOut={() => void goOut()}
    />
  );
  const rail = { pages, waiting, state, foot, onFind: () => setOpen("find") };
  const isAway = house.unread?.kind === "away";
  return (
    <div className="flex h-full">
      <a
        href="#page"
        onClick={(event) => {
          event.preventDefault();
          document.querySelector<HTMLElement>("#page")?.focus();
        }}
        className="visually-hidden focus:fixed focus:top-2 focus:left-2 focus:z-20 focus:size-auto focus:bg-sheet focus:p-2 focus:[clip-path:none]"
      >
        Skip to the page
      </a>
      <Rail {...rail} />
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar {...rail} />
        {isAway && <AwayNotice origin={api.origin} lastSeenMs={house.lastSeenMs} onRetry={house.askAgain} />}
        {house.unread !== null && !isAway && <Band problem={house.unread} />}
        {refusal !== null && (
          <Band problem={refusal}>
            <Button kind="bare" className="-ml-1" onClick={() => setRefusal(null)}>
              Dismiss
            </Button>
          </Band>
        )}
        {!isElsewhere && <Outlet />}
      </div>
      <Suspense>
        <LazyToasts />
        {open === "help" && <HelpDialog onClose={() => setOpen(null)} />}
        {open === "account" && <AccountDialog onClose={() => setOpen(null)} />}
        {open === "find" && <Palette pages={pages} commands={commands} onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}

/** Whoever may not see the helm begins at the first page that they may. True while they are on their way there. */
function useFirstPage(first: string | undefined): boolean {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  // What is drawn goes on being the page before until the next one is fetched.
  const isHelmDrawn = useRouterState({ select: ({ matches }) => matches.at(-1)?.pathname === "/" });
  const isElsewhere = first !== undefined && first !== "/";
  useEffect(() => {
    if (isElsewhere && pathname === "/") void navigate({ to: first, replace: true });
  }, [isElsewhere, pathname, first, navigate]);
  return isElsewhere && isHelmDrawn;
}

function Band({ problem, children }: { problem: Problem; children?: ReactNode }) {
  return (
    <div className="border-b border-line bg-sheet px-4 py-2">
      <Notice problem={problem}>{children}</Notice>
    </div>
  );
}
