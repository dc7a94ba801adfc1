// `/_gallery`, in development only: every component, in each of its states.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../shell/routing/root-route.ts";

export const galleryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/_gallery",
  component: lazyRouteComponent(() => import("./gallery-page.tsx"), "GalleryPage"),
});
