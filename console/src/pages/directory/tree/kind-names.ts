// What kinds of rows are called.
import type { NodeKind } from "./build-tree.ts";

export const kindNames: Record<NodeKind, string> = {
  organisation: "Organisation",
  team: "Team",
  project: "Project",
  user: "User",
  key: "Key",
  people: "People",
};
