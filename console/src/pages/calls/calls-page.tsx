// The page of calls: toolbar, tape, list, and the record that is open beside it, or two of them compared. The address says which.
import { useEffect, useState } from "react";
import { Page } from "../../components/frame/page.tsx";
import { useServices } from "../../page/services.ts";
import { useAddress } from "./address.ts";
import { createCallFeed } from "./feed/call-feed.ts";
import { FeedContext } from "./feed/feed-context.ts";
import { Calls } from "./calls.tsx";
import { CompareView } from "./compare/compare-view.tsx";

export function CallsPage() {
  const { api } = useServices();
  const { filter, diff } = useAddress();
  const [feed] = useState(() => {
    const made = createCallFeed(api);
    // The first question that it asks is already the address's own.
    made.setFilter(filter);
    return made;
  });
  useEffect(() => {
    feed.start();
    const onOnline = (): void => feed.retryNow();
    addEventListener("online", onOnline);
    return () => {
      removeEventListener("online", onOnline);
      feed.close();
    };
  }, [feed]);
  useEffect(() => feed.setFilter(filter), [feed, filter]);
  const [marked, setMarked] = useState<readonly string[]>(diff ?? []);
  return (
    <FeedContext value={feed}>
      <Page title="Calls" fill>
        {diff === null ? <Calls marked={marked} onMarked={setMarked} /> : <CompareView key={diff.join()} ids={diff} />}
      </Page>
    </FeedContext>
  );
}
