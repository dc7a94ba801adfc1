// Copies a text and says that it did.
import { useEffect, useState } from "react";
import { copyText } from "../../page/copy-text.ts";

/** `label` names what is copied, for those who do not see where the button stands; `word` stands on the button. */
export function CopyButton({ text, label, word = "Copy" }: { text: string; label: string; word?: string }) {
  const [done, setDone] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (done === null) return;
    const timer = setTimeout(() => setDone(null), 2000);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = async (): Promise<void> => setDone((await copyText(text)) ? "copied" : "failed");
  return (
    <>
      <button
        type="button"
        aria-label={`Copy ${label}`}
        onClick={() => void copy()}
        className="inline-flex min-h-6 min-w-14 shrink-0 items-center justify-center rounded-md px-1.5 font-sans text-fine text-soft hover:bg-tide hover:text-ink"
      >
        {done === null ? word : done === "copied" ? "Copied" : <span className="text-fail">Select it by hand</span>}
      </button>
      {/* Empty until then: what stands in a live region from the beginning is read out with each page that has it. */}
      <span aria-live="polite" className="visually-hidden">
        {done === null ? "" : done === "copied" ? "Copied" : "It cannot be copied. Select it by hand."}
      </span>
    </>
  );
}
