// What is dear to make and not needed by every page: made when it is first asked for, and kept.
export function onFirstUse<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}
