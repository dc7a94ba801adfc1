// Channels: where messages go, a test of each, and what was sent, waits, or was given up.
import { useState } from "react";
import type { ChannelView, TestedChannel } from "../../../../../src/alerts/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError, type Problem } from "../../../api/explain-error.ts";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { Empty } from "../../../components/frame/empty.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { useMayDo, useServices } from "../../../page/services.ts";
import { useChannels } from "../queries.ts";
import { Deliveries } from "./deliveries.tsx";

const example = `alerts:
  channels:
    ops: { kind: slack, url: "env:SLACK_WEBHOOK_URL" }`;

export function Channels() {
  const { api } = useServices();
  const asked = useChannels();
  const channels = asked.data ?? [];
  return (
    <>
      <Panel
        title="Channels"
        note="set in binnacle.yaml, alerts.channels"
        curl={curlFor(api.origin, "/alerts/channels")}
        problem={asked.isError && asked.data === undefined ? explainError(asked.error) : null}
        flush
      >
        {asked.data !== undefined && channels.length === 0 && (
          <Empty title="Nobody hears of alerts" code={example} codeTitle="In binnacle.yaml">
            Alerts are listed here and nowhere else, until a channel is set: Slack, Teams, PagerDuty, mail or a signed
            webhook.
          </Empty>
        )}
        <ul>
          {channels.map((channel) => (
            <Channel key={channel.name} channel={channel} />
          ))}
        </ul>
      </Panel>
      <Deliveries />
    </>
  );
}

function Channel({ channel: { name, kind, by_default: isDefault } }: { channel: ChannelView }) {
  const { client } = useServices().api;
  const mayTest = useMayDo("alerts.channels.test");
  const [isBusy, setBusy] = useState(false);
  const [result, setResult] = useState<TestedChannel | Problem | null>(null);
  const test = async (): Promise<void> => {
    setBusy(true);
    setResult(await client.alerts.channels.test({ name }).catch(explainError));
    setBusy(false);
  };
  return (
    <li className="border-t border-line px-4 py-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="min-w-24 font-semibold">{name}</span>
        <span className="min-w-20 text-soft">{kind}</span>
        <span className="text-soft">
          {isDefault ? "hears of every rule that names no channel" : "only of rules that name it"}
        </span>
        {mayTest && (
          <Button className="ml-auto" disabled={isBusy} onClick={() => void test()} aria-label={`Test ${name}`}>
            {isBusy ? "Sending …" : "Test"}
          </Button>
        )}
      </div>
      <div role="status">{result !== null && <Result result={result} />}</div>
    </li>
  );
}

function Result({ result }: { result: TestedChannel | Problem }) {
  if (!("delivered" in result)) return <Notice problem={result} />;
  const { delivered, status, detail } = result;
  return (
    <div className="mt-1 flex flex-wrap items-baseline gap-x-3">
      <StateWord tone={delivered ? "ok" : "fail"}>{delivered ? "taken" : "not taken"}</StateWord>
      {status !== null && <span>status {status}</span>}
      <span className="foreign min-w-0 text-soft">{detail}</span>
    </div>
  );
}
