// Something that may be replaced while others hold on to it: they keep one face, and each call through it goes to what
// stands behind it at that moment. What is under way in the old one ends there.

export interface Replaceable<T extends object> {
  readonly face: T;
  current(): T;
  replace(next: T): void;
}

/** For objects of functions that do without `this`, as all rooms' faces are. */
export function createReplaceable<T extends object>(first: T): Replaceable<T> {
  let behind = first;
  // Getters rather than a Proxy, which costs ten times as much on the path of every call.
  const getters = Object.keys(first).map(
    (name) => [name, { get: () => Reflect.get(behind, name) as unknown }] as const,
  );
  const face = Object.defineProperties({}, Object.fromEntries(getters)) as T;
  return {
    face,
    current: () => behind,
    replace: (next) => void (behind = next),
  };
}
