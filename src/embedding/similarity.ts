// How near two texts are: the cosine, which for vectors of length one is their product.

/** From -1 to 1; both of length one, as the embedder gives them, and of one model. */
export function similarity(one: Float32Array, other: Float32Array): number {
  let product = 0;
  for (let place = 0; place < one.length; place += 1) product += (one[place] ?? 0) * (other[place] ?? 0);
  return product;
}

/** The same direction, of length one; undefined where there is no direction, or no number. */
export function atLengthOne(vector: ArrayLike<number>): Float32Array | undefined {
  const floats = Float32Array.from(vector);
  const length = Math.sqrt(similarity(floats, floats));
  if (!Number.isFinite(length) || length === 0) return undefined;
  return floats.map((each) => each / length);
}
