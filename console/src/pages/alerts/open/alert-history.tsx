// What came of one alert and of others of its rule: when each began and ended.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { AlertView } from "../../../../../src/alerts/contract.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Moment } from "../../../components/figures/moment.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { useServices } from "../../../page/services.ts";
import { sayLabels } from "../../../format/say-labels.ts";
import { sayReading } from "../words/say-reading.ts";

const shownMost = 20;

export function AlertHistory({ alert: { id, rule } }: { alert: AlertView }) {
  const { client } = useServices().api;
  const asked = useQuery({
    queryKey: ["alerts", "history-of", rule],
    queryFn: ({ signal }) => client.alerts.history({ rule, limit: shownMost }, { signal }),
  });
  if (asked.isError) return <Notice problem={explainError(asked.error)} />;
  const entries = asked.data?.entries ?? [];
  return (
    <>
      <table className="w-full">
        <caption className="visually-hidden">What the rule {rule} told of</caption>
        <tbody>
          {entries.map(({ id: entry, at_ms: atMs, to, alert }) => (
            <tr key={entry} className={`align-baseline ${alert.id === id ? "" : "text-soft"}`}>
              <td className="py-0.5 pr-3">
                <Moment ms={atMs} />
              </td>
              <td className="py-0.5 pr-3">{to}</td>
              <td className="foreign py-0.5 pr-3">{sayLabels(alert.labels)}</td>
              <td className="py-0.5 text-right whitespace-nowrap">{sayReading(alert.value, alert.unit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-1">
        <Link to="/alerts" search={{ tab: "history", rule }} className="text-pen underline underline-offset-2">
          All of this rule
        </Link>
      </p>
    </>
  );
}
