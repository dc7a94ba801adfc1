// The front door of what a route may do with more than one target for one call.
export { askSeveral } from "./ask-several.ts";
export { createShadows, type Shadows } from "./shadows.ts";
