// A hash, whole, so that it can be compared with one that was noted elsewhere.

export function HashText({ name, hash }: { name: string; hash: string }) {
  return (
    <span className="flex gap-2">
      <span className="w-14 shrink-0">{name}</span>
      <span className="min-w-0 font-mono break-all text-ink">{hash}</span>
    </span>
  );
}
