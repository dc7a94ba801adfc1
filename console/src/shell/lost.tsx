// An address that there is no page at.
import { Link } from "@tanstack/react-router";
import { Empty } from "../components/frame/empty.tsx";
import { paletteKeys } from "../page/shortcuts.ts";
import { Page } from "../components/frame/page.tsx";

export function Lost() {
  return (
    <Page title="No such page">
      <Empty title="There is no page at this address.">
        <Link to="/" className="text-pen underline underline-offset-2">
          Go to the first page
        </Link>
        , or press <kbd className="font-mono text-fine">{paletteKeys}</kbd> and type what you look for.
      </Empty>
    </Page>
  );
}
