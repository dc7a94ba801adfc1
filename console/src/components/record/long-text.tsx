// Text of any length: its beginning, and the rest on request, in pieces that a browser can lay out.
import { useState } from "react";
import { formatCount } from "../../format/figures.ts";
import { Button } from "../parts/button.tsx";

const firstCharacters = 1600;
const moreCharacters = 60_000;

/** `isInline`: within a line of something else, rather than a paragraph. */
export function LongText({ text, isInline = false }: { text: string; isInline?: boolean }) {
  const [shown, setShown] = useState(firstCharacters);
  // A little over the bound is shown whole: a button for the last line would be silly.
  const isCut = text.length > shown * 1.2;
  const rest = text.length - shown;
  const Box = isInline ? "span" : "p";
  return (
    <>
      <Box className="foreign" dir="auto">
        {isCut ? text.slice(0, shown) : text}
      </Box>
      {isCut && (
        <Button kind="bare" className="-ml-1 font-sans text-body" onClick={() => setShown(shown + moreCharacters)}>
          {rest <= moreCharacters
            ? `Show the other ${formatCount(rest)} characters`
            : `Show ${formatCount(moreCharacters)} of the other ${formatCount(rest)} characters`}
        </Button>
      )}
    </>
  );
}
