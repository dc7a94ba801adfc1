// What one user did: calls and spend over time, by model, their sessions, and what is left of the budgets that their calls draw on.
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { Page } from "../../../components/frame/page.tsx";
import { TimeRange, type TimeRangeValue } from "../../../components/inputs/range/time-range.tsx";
import { rangeOf, searchOfRange } from "../../../components/records/list-search.ts";
import { UserFigures } from "./user-figures.tsx";
import { UserSessions } from "./user-sessions.tsx";

const route = getRouteApi("/users/$user");

export function UserPage() {
  const { user } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const setRange = (range: TimeRangeValue): void =>
    void navigate({ to: "/users/$user", params: { user }, search: searchOfRange(range), replace: true });
  return (
    <Page
      title={`User: ${user}`}
      actions={
        <Link to="/users" className="text-pen underline underline-offset-2">
          All users
        </Link>
      }
      toolbar={<TimeRange value={rangeOf(search)} onChange={setRange} />}
    >
      <UserFigures
        user={user}
        range={rangeOf(search)}
        onZoom={(from, to) => setRange({ range: "custom", from: Math.floor(from), to: Math.ceil(to) })}
      />
      <UserSessions user={user} search={search} />
    </Page>
  );
}
