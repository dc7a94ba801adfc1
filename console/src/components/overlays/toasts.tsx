// Says that something was done, and offers to undo it. Read out, never in the way, gone after a while; a pointer or the focus
// on it makes it stay. What went wrong stays until it is closed.
import { Toast } from "@base-ui/react/toast";
import { useEffect } from "react";
import { explainError } from "../../api/explain-error.ts";
import { listenForToasts, toast, type ToastRequest } from "./show-toast.ts";

export { toast } from "./show-toast.ts";

const stayMs = 8000;
const stayWithUndoMs = 14_000;
const most = 4;

interface ToastsProps {
  /** What was said before this was there. */
  takeEarly: () => readonly ToastRequest[];
}

/** Once, near the root of the page. */
export function Toasts({ takeEarly }: ToastsProps) {
  return (
    <Toast.Provider timeout={stayMs} limit={most}>
      <Toast.Portal>
        <Toast.Viewport className="pointer-events-none fixed inset-x-2 bottom-2 z-60 flex flex-col-reverse items-center gap-2 sm:inset-x-4 sm:bottom-4">
          <ShownToasts takeEarly={takeEarly} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ShownToasts({ takeEarly }: ToastsProps) {
  const manager = Toast.useToastManager();
  const { add, close } = manager;
  useEffect(() => {
    const show = ({ text, undo, tone = "plain" }: ToastRequest): void => {
      const id = add({
        title: text,
        type: tone,
        priority: tone === "fail" ? "high" : "low",
        timeout: tone === "fail" ? 0 : undo === undefined ? stayMs : stayWithUndoMs,
        ...(undo !== undefined && {
          actionProps: {
            children: "Undo",
            onClick: () => {
              close(id);
              undo().catch((error: unknown) => {
                const { message, fix } = explainError(error);
                toast({ text: `${message} ${fix}`, tone: "fail" });
              });
            },
          },
        }),
      });
    };
    for (const request of takeEarly()) show(request);
    return listenForToasts(show);
  }, [add, close, takeEarly]);
  return manager.toasts.map((shown) => (
    <Toast.Root
      key={shown.id}
      toast={shown}
      className={`pointer-events-auto flex w-fit max-w-[min(40rem,100%)] items-center gap-2 rounded-md py-1.5 pr-1.5 pl-3.5 shadow-sheet data-limited:hidden ${shown.type === "fail" ? "bg-alarm text-ink" : "bg-ink text-sheet"}`}
    >
      <Toast.Title className="foreign min-w-0 flex-1 py-0.5" render={<p />} />
      <Toast.Action className="min-h-7 shrink-0 rounded-md px-2 font-semibold underline underline-offset-2 hover:no-underline" />
      <Toast.Close aria-label="Close" className="grid size-7 shrink-0 place-content-center rounded-md">
        <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
          <path d="m1 1 10 10m0-10-10 10" stroke="currentColor" strokeWidth="1.6" />
        </svg>
      </Toast.Close>
    </Toast.Root>
  ));
}
