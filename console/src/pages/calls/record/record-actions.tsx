// What can be done with a record: handed on as a link or a command, made again, tried in the playground.
import type { CallDetail } from "../../../../../src/ledger/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { useMay, useServices } from "../../../page/services.ts";

interface RecordActionsProps {
  callId: string;
  /** Undefined until it is read. */
  call: CallDetail | undefined;
  isMarked: boolean;
  onMark: () => void;
}

export function RecordActions({ callId, call, isMarked, onMark }: RecordActionsProps) {
  const { api } = useServices();
  const mayCall = useMay("call");
  const link = `${location.origin}${location.pathname}#/calls/${callId}`;
  return (
    <p className="-ml-1.5 flex flex-wrap items-center gap-x-1 text-fine">
      <CopyButton text={link} label="link to this call" word="Copy link" />
      <CopyButton text={curlFor(api.origin, `/calls/${callId}`)} label="as curl" word="Copy as curl" />
      <button
        type="button"
        aria-pressed={isMarked}
        title="x"
        onClick={onMark}
        className="inline-flex min-h-6 items-center rounded-md px-1.5 text-soft hover:bg-tide hover:text-ink"
      >
        {isMarked ? "Marked to compare" : "Mark to compare"}
      </button>
      {mayCall && call?.operation === "chat" && (
        <a
          href={`#/playground?call=${encodeURIComponent(callId)}`}
          className="inline-flex min-h-6 items-center rounded-md px-1.5 text-pen underline underline-offset-2 hover:bg-tide"
        >
          Replay in playground
        </a>
      )}
    </p>
  );
}
