// The live feed of the page of calls, handed down once.
import { createContext, useContext, useSyncExternalStore } from "react";
import type { CallFeed } from "./call-feed.ts";
import type { FeedState } from "./feed-state.ts";

export const FeedContext = createContext<CallFeed | null>(null);

export function useCallFeed(): CallFeed {
  const feed = useContext(FeedContext);
  if (feed === null) throw new Error("no feed around this component");
  return feed;
}

export function useFeed(): FeedState {
  const feed = useCallFeed();
  return useSyncExternalStore(feed.subscribe, feed.getState);
}
