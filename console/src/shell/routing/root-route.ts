// The root of the page's addresses. Each page hangs its route here (`pages/<name>/route.ts`); what is drawn around all of them is
// given by router.tsx.
import { createRootRoute } from "@tanstack/react-router";

export const rootRoute = createRootRoute();
