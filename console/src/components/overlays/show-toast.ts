// Asks for a toast from anywhere on the page. `<Toasts/>` shows it; without that nothing happens.

export interface ToastRequest {
  text: string;
  /** Takes back what was done. Where it throws, that is said in its turn. */
  undo?: () => Promise<void>;
  tone?: "plain" | "fail";
}

const shown = "binnacle-toast";

export function toast(request: ToastRequest): void {
  dispatchEvent(new CustomEvent<ToastRequest>(shown, { detail: request }));
}

/** Gives back what ends it. */
export function listenForToasts(listener: (request: ToastRequest) => void): () => void {
  const hear = (event: Event): void => {
    // Only toast() sends events of this name.
    if (event instanceof CustomEvent) listener(event.detail as ToastRequest);
  };
  addEventListener(shown, hear);
  return () => removeEventListener(shown, hear);
}
