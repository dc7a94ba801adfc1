// The headings of the columns, with their units and the reader's time zone.
import { formatZone } from "../../../format/moments.ts";

export const columnCount = 11;

export function GridHead({ nowMs }: { nowMs: number }) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="call-row call-row-head sticky top-0 z-2 h-7 border-b border-line bg-paper text-fine text-soft"
    >
      <Head name="time">Time, {formatZone(nowMs)}</Head>
      <Head name="outcome">Outcome</Head>
      <Head name="status">Status</Head>
      <Head name="model">Model → answered by</Head>
      <Head name="why">Route and reason, or error</Head>
      <Head name="who">Key, user</Head>
      <Head name="input" figure>
        Tokens in
      </Head>
      <Head name="output" figure>
        out
      </Head>
      <Head name="cost" figure>
        Cost, USD
      </Head>
      <Head name="first" figure>
        First, ms
      </Head>
      <Head name="total" figure>
        Total, ms
      </Head>
    </div>
  );
}

function Head({ name, figure = false, children }: { name: string; figure?: boolean; children: React.ReactNode }) {
  return (
    <span role="columnheader" className={`cell-${name} ${figure ? "figure" : ""}`}>
      {children}
    </span>
  );
}
