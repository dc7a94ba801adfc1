// The front door of what a route may do with more than one target for one call.
export { createShadows, type Shadows } from "./shadows.ts";
