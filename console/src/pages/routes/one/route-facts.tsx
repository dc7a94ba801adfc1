// What a route is, in a line: how it chooses, where it was made, and who changed it last.
import { Link } from "@tanstack/react-router";
import type { RouteView } from "../../../../../src/gateway/contract.ts";
import { Age } from "../../../components/figures/moment.tsx";

export function RouteFacts({ route }: { route: RouteView }) {
  const { name, strategy, affinity, source, revision, changed_at_ms: changedAtMs, changed_by: changedBy } = route;
  return (
    <p className="flex flex-wrap items-baseline gap-x-5 gap-y-1">
      <span>
        <span className="text-soft">Strategy</span> <span className="font-semibold">{strategy}</span>
        {affinity === "session" && ", conversations stay together"}
      </span>
      {source === "config" ? (
        <span>
          <span className="text-soft">Made in</span> the configuration file, under{" "}
          <code className="font-mono text-fine">gateway.routes.{name}</code>
        </span>
      ) : (
        <span>
          <span className="text-soft">Made by API</span>, revision {revision}
          {changedAtMs !== null && (
            <>
              , <Age ms={changedAtMs} /> by <bdi>{changedBy?.key_name ?? "somebody"}</bdi>
            </>
          )}
        </span>
      )}
      <Link
        to={"/calls" as string}
        search={{ model: name } as object}
        className="text-pen underline underline-offset-2"
      >
        Its calls
      </Link>
    </p>
  );
}
