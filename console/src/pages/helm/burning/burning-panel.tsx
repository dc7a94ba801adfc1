// What needs a decision now, each with the page where it is seen to.
import { Link } from "@tanstack/react-router";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateGlyph, StateWord } from "../../../components/figures/state-word.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import type { Concerns } from "./use-concerns.ts";

const shownMax = 12;

interface BurningPanelProps {
  concerns: Concerns;
  /** As high as some of them need; more can be scrolled to. */
  isPlaceKept: boolean;
}

export function BurningPanel({ concerns, isPlaceKept }: BurningPanelProps) {
  const { list, problem, updatedAtMs } = concerns;
  return (
    <Panel title="Needs somebody" note={list.length === 0 ? undefined : String(list.length)} flush>
      <div className={isPlaceKept ? "h-60 overflow-y-auto" : undefined}>
        {problem !== null && (
          <div className="px-4 pb-2">
            <Notice problem={problem} />
          </div>
        )}
        {list.length === 0 && problem === null && <NothingListed isAsking={updatedAtMs === null} />}
        <ul>
          {list.slice(0, shownMax).map((concern) => (
            <li key={concern.id} className="border-t border-line">
              <Link
                to={concern.to}
                className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-2 sm:grid-cols-[auto_5.5rem_minmax(0,1fr)] px-4 py-1.5 -outline-offset-2 hover:bg-shoal"
              >
                <StateGlyph tone={concern.tone} />
                <span className="text-fine text-soft">{concern.kind}</span>
                <span className="min-w-0 max-sm:col-start-2">
                  <span className="foreign font-semibold">{concern.title}</span>
                  <span className="foreign text-soft"> {concern.detail}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
        {list.length > shownMax && (
          <p className="border-t border-line px-4 py-1.5 text-soft">{list.length - shownMax} more, on their pages</p>
        )}
      </div>
    </Panel>
  );
}

function NothingListed({ isAsking }: { isAsking: boolean }) {
  const place = "px-4 pb-4 text-read";
  if (isAsking) return <Loading className={place}>Asking …</Loading>;
  return (
    <p className={`${place} text-soft`}>
      <StateWord tone="ok">No alert fires, no budget runs out, nobody waits.</StateWord>
    </p>
  );
}
