// What stands below a team, project or user, kind by kind, each a link to itself.
import { Section } from "../../../components/parts/section.tsx";
import type { DirectoryNode, NodeKind } from "../tree/build-tree.ts";
import { Reference } from "./reference.tsx";

const headings: [NodeKind, string][] = [
  ["team", "Teams"],
  ["project", "Projects"],
  ["user", "People"],
  ["key", "Keys"],
];
const shownMax = 60;

export function Members({ node }: { node: DirectoryNode }) {
  const below = node.children.flatMap((child) => (child.kind === "people" ? child.children : [child]));
  return headings.map(([kind, heading]) => {
    const members = below.filter((child) => child.kind === kind);
    if (members.length === 0) return null;
    return (
      <Section key={kind} title={heading} aside={<span className="text-fine text-soft">{members.length}</span>}>
        <ul className="flex flex-wrap gap-x-2 gap-y-1">
          {members.slice(0, shownMax).map(({ what, name }) => (
            <li key={what}>
              <Reference what={what} name={name} />
            </li>
          ))}
          {members.length > shownMax && (
            <li className="text-soft">and {members.length - shownMax} more, in the tree</li>
          )}
        </ul>
      </Section>
    );
  });
}
