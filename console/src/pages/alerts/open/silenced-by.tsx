// The silences that hold for an alert: until when, why, by whom, and the end of each.
import { Moment } from "../../../components/figures/moment.tsx";
import { EndSilence } from "../silences/end-silence.tsx";
import { useSilences } from "../queries.ts";

export function SilencedBy({ ids }: { ids: readonly string[] }) {
  const { data = [] } = useSilences();
  const holding = data.filter(({ id }) => ids.includes(id));
  return (
    <ul className="grid gap-2">
      {holding.map((silence) => (
        <li key={silence.id} className="flex items-start justify-between gap-3">
          <div className="foreign min-w-0">
            <p>
              Nobody, until <Moment ms={silence.until_ms} />: {silence.comment}
            </p>
            <p className="text-fine text-soft">silenced by {silence.created_by.key_name}</p>
          </div>
          <EndSilence silence={silence} />
        </li>
      ))}
    </ul>
  );
}
