// The ways to look at one record, each with an address of its own.
import { Link } from "@tanstack/react-router";
import { type RecordView, recordViews } from "../search-fields.ts";

const names: Record<RecordView, string> = {
  chat: "Conversation",
  routing: "Decision",
  timeline: "Timeline",
  raw: "Raw",
};

export function RecordTabs({ shown }: { shown: RecordView }) {
  return (
    <nav aria-label="Views of the record" className="-mb-px flex flex-wrap gap-x-5 border-b border-line px-5">
      {recordViews.map((view) => (
        <Link
          key={view}
          from="/calls/{-$callId}"
          to="/calls/{-$callId}"
          params={(before) => before}
          search={(before) => ({ ...before, show: view === "chat" ? undefined : view })}
          replace
          aria-current={view === shown ? "page" : undefined}
          activeProps={{}}
          className={`inline-flex min-h-8 items-center border-b-2 ${view === shown ? "border-pen font-semibold" : "border-transparent text-soft hover:text-ink"}`}
        >
          {names[view]}
        </Link>
      ))}
    </nav>
  );
}
