// Long lists, a slice at a time: between two slices the process turns to the calls that wait.
const SLICE = 100;

export async function* inSlices<T>(all: Iterable<T>, size = SLICE): AsyncGenerator<T[]> {
  let slice: T[] = [];
  for (const each of all) {
    slice.push(each);
    if (slice.length < size) continue;
    yield slice;
    slice = [];
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (slice.length > 0) yield slice;
}
