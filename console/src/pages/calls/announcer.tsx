// Tells screen readers of new calls: how many, and how many of them failed, and not more often than one can listen.
import { useEffect, useRef, useState } from "react";
import { useCallFeed } from "./feed/feed-context.ts";

const everyMs = 12_000;

export function Announcer() {
  const feed = useCallFeed();
  const told = useRef({ total: 0, failed: 0 });
  const [text, setText] = useState("");
  useEffect(() => {
    const timer = setInterval(() => {
      const { arrived, paused } = feed.getState();
      const calls = arrived.total - told.current.total;
      const failed = arrived.failed - told.current.failed;
      if (calls === 0 || paused) return;
      told.current = arrived;
      setText(`${calls} new ${calls === 1 ? "call" : "calls"}${failed > 0 ? `, ${failed} failed` : ""}`);
    }, everyMs);
    return () => clearInterval(timer);
  }, [feed]);
  return (
    <p aria-live="polite" className="visually-hidden">
      {text}
    </p>
  );
}
