// Guard: where one question has a word, the other has not its opposite instead; and of the same words, the order is the same:
// "from euros to dollars" is not "from dollars to euros".
import { hasSameMembers, wordsOf } from "./words.ts";

const PAIRS =
  `increase/decrease increase/reduce gain/lose buy/sell start/stop begin/end open/close add/remove enable/disable on/off in/out
up/down before/after more/less most/least good/bad better/worse best/worst advantages/disadvantages pros/cons male/female men/women man/woman
boy/girl boys/girls girl/guy girls/guys husband/wife boyfriend/girlfriend father/mother him/her he/she his/her left/right true/false
positive/negative high/low higher/lower fast/slow hot/cold old/new young/old early/late first/last import/export send/receive lend/borrow give/take love/hate
win/lose accept/reject allow/forbid legal/illegal safe/dangerous possible/impossible same/different always/never with/without inside/outside
public/private internal/external maximum/minimum max/min encrypt/decrypt encode/decode upload/download install/uninstall lock/unlock
activate/deactivate follow/unfollow block/unblock delete/restore delete/recover create/delete cheap/expensive rich/poor strong/weak long/short big/small
large/small introvert/extrovert debit/credit gross/net import/export north/south east/west day/night summer/winter my/your i/you`
    .split(/\s+/)
    .map((pair) => pair.split("/"));

export function isNotTheOpposite(one: string, other: string): boolean {
  const [some, others] = [wordsOf(one), wordsOf(other)];
  return !PAIRS.some(
    ([here = "", there = ""]) => isSwapped(some, others, [here, there]) || isSwapped(others, some, [here, there]),
  );
}

function isSwapped(
  some: readonly string[],
  others: readonly string[],
  [here, there]: readonly [string, string],
): boolean {
  return some.includes(here) && !some.includes(there) && others.includes(there) && !others.includes(here);
}

export function isInSameOrder(one: string, other: string): boolean {
  const [some, others] = [wordsOf(one), wordsOf(other)];
  return !hasSameMembers(some, others) || some.join(" ") === others.join(" ");
}
