// Where questions are written. Enter sends where there is a keyboard; while an answer comes in, Escape stops it.
import { type ReactNode, useState } from "react";
import { Button } from "../../../components/parts/button.tsx";
import { useMedia } from "../../../page/use-media.ts";

const CHARACTERS_MAX = 20_000;

interface ComposerProps {
  isRunning: boolean;
  disabled: boolean;
  onSend: (text: string) => void;
  onStop: () => void;
  children?: ReactNode;
}

export function Composer({ isRunning, disabled, onSend, onStop, children }: ComposerProps) {
  const [text, setText] = useState("");
  const hasKeyboard = useMedia("(pointer: fine)");
  const send = (): void => {
    if (disabled || isRunning || text.trim() === "") return;
    onSend(text.trim());
    setText("");
  };
  return (
    <form
      className="mx-auto grid w-full max-w-[46rem] gap-2 px-4 pt-2 pb-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="flex items-end gap-2">
        <textarea
          autoFocus
          aria-label="Your question"
          placeholder="Ask something"
          rows={Math.min(8, Math.max(1, text.split("\n").length, Math.ceil(text.length / 70)))}
          maxLength={CHARACTERS_MAX}
          dir="auto"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape" && isRunning) onStop();
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || !hasKeyboard) return;
            event.preventDefault();
            send();
          }}
          className="min-h-11 min-w-0 flex-1 resize-none rounded-md border border-control bg-sheet px-3 py-2 text-title placeholder:text-soft"
        />
        {isRunning ? (
          <Button className="min-h-11! px-5!" onClick={onStop}>
            Stop
          </Button>
        ) : (
          <Button kind="primary" type="submit" className="min-h-11! px-5!" disabled={disabled || text.trim() === ""}>
            Send
          </Button>
        )}
      </div>
      {children}
    </form>
  );
}
