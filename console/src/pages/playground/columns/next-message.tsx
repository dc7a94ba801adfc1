// Goes on with the conversation, in every column at once.
import { useState } from "react";
import { boxLook } from "../../../components/inputs/field-frame.tsx";
import { Button } from "../../../components/parts/button.tsx";

interface NextMessageProps {
  columns: number;
  disabled: boolean;
  onSend: (text: string) => void;
}

export function NextMessage({ columns, disabled, onSend }: NextMessageProps) {
  const [text, setText] = useState("");
  const send = (): void => {
    if (disabled || text.trim() === "") return;
    onSend(text);
    setText("");
  };
  return (
    <form
      className="flex items-end gap-2 border-t border-line bg-sheet px-4 py-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        aria-label={columns === 1 ? "Next message" : "Next message, to every column"}
        placeholder={columns === 1 ? "Go on with a next message" : "Go on in every column"}
        rows={1}
        dir="auto"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          // Here the key sends this message; elsewhere on the page it asks everything anew.
          event.preventDefault();
          event.stopPropagation();
          send();
        }}
        className={`${boxLook} py-1.5`}
      />
      <Button type="submit" disabled={disabled || text.trim() === ""}>
        Send
      </Button>
    </form>
  );
}
