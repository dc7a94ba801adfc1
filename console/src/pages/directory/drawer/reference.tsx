// A link to another of the directory, within the view that is open.
import { Link } from "@tanstack/react-router";

export function Reference({ what, name }: { what: string; name: string }) {
  return (
    <Link
      to="/directory"
      search={(before) => ({ ...before, tab: undefined, open: what })}
      className="mr-2 text-pen underline underline-offset-2"
    >
      <bdi>{name}</bdi>
    </Link>
  );
}
