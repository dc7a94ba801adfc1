// `strategy: semantic`: first the places whose examples the request is near enough to, then those that have none and are for
// all else, then the others.
import type { PlaceNode } from "../language/compile-route.ts";
import type { Likeness } from "./likeness.ts";

interface AtPlace {
  place: Pick<PlaceNode, "path" | "examples" | "least">;
}

interface Ranked<Candidate> {
  candidate: Candidate;
  why: string;
}

export function rankByLikeness<Candidate extends AtPlace>(
  candidates: readonly Candidate[],
  likeness: Likeness,
): Ranked<Candidate>[] {
  const rest = candidates.filter(({ place }) => place.examples.length === 0);
  const withExamples = candidates.filter(({ place }) => place.examples.length > 0);
  if (!likeness.isKnown) {
    const why = (isRest: boolean) => `similarity not known, ${likeness.why}; ${isRest ? FOR_THE_REST : "as written"}`;
    return [...rest.map(say(why(true))), ...withExamples.map(say(why(false)))];
  }
  const near = ({ place }: Candidate): number => likeness.byPlace.get(place.path) ?? NOTHING_IN_COMMON;
  const sorted = withExamples.toSorted((one, other) => near(other) - near(one));
  const isNear = (candidate: Candidate): boolean => near(candidate) >= candidate.place.least;
  const describe = (candidate: Candidate): Ranked<Candidate> => {
    const { path, least } = candidate.place;
    const found = likeness.byPlace.get(path);
    const said = found === undefined ? "none of its examples has a vector" : `similarity ${found} to its examples`;
    return { candidate, why: `${said}, ${isNear(candidate) ? "at least" : "and not"} ${least}` };
  };
  const nearest = sorted[0] && likeness.byPlace.get(sorted[0].place.path);
  const far = nearest === undefined ? "no examples to compare with" : `the nearest examples have similarity ${nearest}`;
  const matched = sorted.filter(isNear);
  // Nobody is for the rest: the first that is written is.
  const first = matched.length === 0 && rest.length === 0 ? withExamples.slice(0, 1) : [];
  return [
    ...matched.map(describe),
    ...rest.map(say(`${far}; ${FOR_THE_REST}`)),
    ...first.map((candidate) => ({
      candidate,
      why: `${describe(candidate).why}; none is near, and it is written first`,
    })),
    ...sorted.filter((each) => !isNear(each) && !first.includes(each)).map(describe),
  ];
}

const NOTHING_IN_COMMON = -1;
const FOR_THE_REST = "it has no examples, and is for the rest";

const say =
  (why: string) =>
  <Candidate>(candidate: Candidate): Ranked<Candidate> => ({ candidate, why });
