// `npm run console -- shots --into FOLDER`: pictures of all pages, for people to look at. Ends with 1 where a page did what no page
// may do: asked another host, broke its policy, threw or logged an error.
import { readShotsWish, type ShotsWish, USAGE } from "./plan-shots.ts";
import { takeShots } from "./take-shots.ts";

/** Resolves with the exit code. */
export async function shots(args: readonly string[]): Promise<number> {
  let wish: ShotsWish;
  try {
    wish = readShotsWish(args);
  } catch (error) {
    console.error(`shots: ${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  const complaints = await takeShots(wish, (line) => console.error(`shots: ${line}`));
  for (const { file, complaint } of complaints) console.log(`${file}: ${complaint}`);
  console.log(`${wish.shots.length} pictures in ${wish.into}, ${complaints.length} complaints`);
  return complaints.length === 0 ? 0 : 1;
}
