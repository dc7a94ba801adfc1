// What the signed-in page is made with, handed down once.
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Api } from "../api/open-api.ts";
import type { CallFeed } from "../feed/call-feed.ts";
import type { FeedState } from "../feed/feed-state.ts";

export interface Services {
  api: Api;
  feed: CallFeed;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error("no services around this component");
  return services;
}

export function useFeed(): FeedState {
  const { feed } = useServices();
  return useSyncExternalStore(feed.subscribe, feed.getState);
}
