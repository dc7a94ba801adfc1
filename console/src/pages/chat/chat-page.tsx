// The household's page: one conversation at a time, in large type, with what is left of the reader's limits in view.
import { getRouteApi } from "@tanstack/react-router";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { explainError } from "../../api/explain-error.ts";
import { Page } from "../../components/frame/page.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { Button } from "../../components/parts/button.tsx";
import { Notice } from "../../components/parts/notice.tsx";
import { useModels } from "../../page/asking/use-models.ts";
import { useMay } from "../../page/services.ts";
import { History } from "./history/history.tsx";
import { Limits, ScarcestLimit } from "./limits/limits.tsx";
import { ExchangeView } from "./said/exchange-view.tsx";
import { Spoken } from "./said/spoken.tsx";
import { Composer } from "./talk/composer.tsx";
import { useConversation } from "./talk/use-conversation.ts";

const route = getRouteApi("/chat");

export function ChatPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const models = useModels();
  const choices = choosable(models.data ?? []);
  const model = choices.find((each) => each === search.model) ?? choices[0] ?? "";
  const [isAside, setAside] = useState(false);
  const onBegin = useCallback(
    (conversation: string) => void navigate({ search: (before) => ({ ...before, conversation }), replace: true }),
    [navigate],
  );
  const talk = useConversation({ open: search.conversation, model, onBegin });
  const go = (conversation: string | undefined): void => {
    talk.leave();
    setAside(false);
    void navigate({ search: (before) => ({ ...before, conversation }) });
  };
  const aside = (
    <>
      <Limits />
      <History open={search.conversation} onOpen={go} />
    </>
  );
  const last = talk.exchanges.at(-1);
  const answer = last === undefined ? undefined : talk.answerOf(last.id);
  const problem = models.isError
    ? explainError(models.error)
    : talk.recorded.isError
      ? explainError(talk.recorded.error)
      : null;
  return (
    <Page
      title="Chat"
      fill
      actions={
        <>
          {choices.length > 1 && (
            <ModelChoice
              choices={choices}
              value={model}
              onChange={(chosen) =>
                void navigate({ search: (before) => ({ ...before, model: chosen }), replace: true })
              }
            />
          )}
          <Button className="lg:hidden" aria-label="Limits and earlier conversations" onClick={() => setAside(true)}>
            Earlier
          </Button>
          <Button aria-label="New conversation" onClick={() => go(undefined)}>
            <span>
              New<span className="hidden sm:inline"> conversation</span>
            </span>
          </Button>
        </>
      }
    >
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          <Scrolled follows={talk.exchanges.length}>
            {problem !== null && <Notice problem={problem} />}
            {talk.exchanges.length === 0 && problem === null && !talk.recorded.isFetching && <Welcome />}
            <ol className="grid gap-8" aria-label="The conversation">
              {talk.exchanges.map((exchange) => (
                <ExchangeView key={exchange.id} exchange={exchange} answer={talk.answerOf(exchange.id)} />
              ))}
            </ol>
          </Scrolled>
          {last !== undefined && answer !== undefined && (
            <Spoken answerKey={last.id} text={answer.choices[0]?.text ?? ""} isComplete={answer.state !== "running"} />
          )}
          <Composer
            isRunning={talk.isRunning}
            disabled={model === ""}
            onSend={(text) => void talk.send(text)}
            onStop={() => talk.stop()}
          >
            <div className="lg:hidden">
              <ScarcestLimit />
            </div>
          </Composer>
        </div>
        <aside
          aria-label="Limits and earlier conversations"
          className="hidden w-72 shrink-0 content-start gap-6 overflow-y-auto border-l border-line p-4 lg:grid"
        >
          {aside}
        </aside>
      </div>
      {isAside && (
        <Dialog title="Limits and earlier conversations" onClose={() => setAside(false)}>
          <div className="grid gap-6">{aside}</div>
        </Dialog>
      )}
    </Page>
  );
}

/** Routes, where whoever looks after the house has made some; else single models. */
function choosable(models: readonly { id: string; note: string }[]): string[] {
  const routes = models.filter(({ note }) => note === "route");
  return (routes.length > 0 ? routes : models).map(({ id }) => id);
}

interface ModelChoiceProps {
  choices: readonly string[];
  value: string;
  onChange: (model: string) => void;
}

function ModelChoice({ choices, value, onChange }: ModelChoiceProps) {
  return (
    <label className="flex items-center gap-2">
      <span className="visually-hidden text-soft sm:not-sr-only">Ask</span>
      <select
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-7 max-w-40 rounded-md bg-shoal px-1.5"
      >
        {choices.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    </label>
  );
}

const nearTheEnd = 80;

/** Scrolls along with what comes in, as long as its reader is at the end. */
function Scrolled({ follows, children }: { follows: number; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    isAtEnd.current = true;
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [follows]);
  // After everything that is drawn: a part of an answer, its end, what stands below it.
  useEffect(() => {
    if (isAtEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  });
  return (
    <div
      ref={box}
      tabIndex={0}
      role="region"
      aria-label="What was said"
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < nearTheEnd;
      }}
      className="min-h-0 flex-1 overflow-y-auto text-title"
    >
      <div className="mx-auto grid w-full max-w-[46rem] gap-6 px-4 py-6">{children}</div>
    </div>
  );
}

function Welcome() {
  const mayCall = useMay("call");
  return (
    <div className="grid gap-2 py-16">
      <h2 className="text-large font-semibold">
        {mayCall ? "What would you like to know?" : "There is nobody to ask here"}
      </h2>
      <p className="text-soft">
        {mayCall
          ? "Answers come from a program. They can be wrong: check what matters."
          : "None of your roles may call models. Whoever gives roles can give you one that may."}
      </p>
    </div>
  );
}
