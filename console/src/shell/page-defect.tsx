// The page itself broke. Honest words, and the one thing that helps.
import { Button } from "../components/parts/button.tsx";
import { Notice } from "../components/parts/notice.tsx";

export function PageDefect({ error }: { error: unknown }) {
  const problem = {
    kind: "refused" as const,
    code: "console.defect",
    message: "This page has a defect, and stopped.",
    fix: `Load it again. If it happens again, please report it with these words: ${String(error)}`,
  };
  return (
    <main className="mx-auto grid max-w-xl gap-3 p-6 pt-16">
      <Notice problem={problem} />
      <Button kind="primary" className="justify-self-start" onClick={() => location.reload()}>
        Load again
      </Button>
    </main>
  );
}
