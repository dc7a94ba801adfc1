// A tool that a model asked for, with what it asked of it. Arguments need not be JSON: a model wrote them.
import { JsonView } from "./json-view.tsx";
import { LongText } from "./long-text.tsx";

export function ToolCall({ name, text }: { name: string; text: string }) {
  return (
    <div className="my-1 min-w-0 rounded-md bg-paper ring-1 ring-line ring-inset">
      <p className="px-3 pt-1.5 text-fine text-soft">
        calls{" "}
        <bdi className="font-semibold text-ink">
          <LongText text={name} isInline />
        </bdi>
      </p>
      <JsonView text={text} label="Arguments" />
    </div>
  );
}
