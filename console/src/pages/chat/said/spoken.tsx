// Reads an answer to those who listen, a sentence or more at a time, with room between them.
import { useEffect, useRef, useState } from "react";
import { endOfSentences } from "../talk/sentences.ts";

const sayEveryMs = 1500;

/** `text` grows while the answer comes in; with another `answerKey` it is another answer. */
export function Spoken({ answerKey, text, isComplete }: { answerKey: string; text: string; isComplete: boolean }) {
  const [spoken, setSpoken] = useState("");
  const latest = useRef({ text, isComplete });
  useEffect(() => {
    latest.current = { text, isComplete };
  });
  useEffect(() => {
    let said = 0;
    const timer = setInterval(() => {
      const now = latest.current;
      const end = endOfSentences(now.text, said, now.isComplete);
      if (end > said) setSpoken(now.text.slice(said, end).trim());
      said = end;
      if (now.isComplete) clearInterval(timer);
    }, sayEveryMs);
    return () => clearInterval(timer);
  }, [answerKey]);
  return (
    <p aria-live="polite" className="visually-hidden">
      {spoken}
    </p>
  );
}
