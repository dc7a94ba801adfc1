// Three ways to Kolmogorov's distribution for a given number of samples; kolmogorov.ts says which holds where.

/** One-sided, exact: Smirnov's sum. At least `distance`. Twice this is the two-sided one where both cannot be at once. */
export function bySmirnov(distance: number, count: number): number {
  let sum = 0;
  let logChoose = 0;
  for (let place = 0; place <= Math.floor(count * (1 - distance)); place += 1) {
    if (place > 0) logChoose += Math.log((count - place + 1) / place);
    const [before, after] = [distance + place / count, 1 - distance - place / count];
    if (after > 0) sum += Math.exp(logChoose + (place - 1) * Math.log(before) + (count - place) * Math.log(after));
    else if (place === count) sum += Math.exp(logChoose + (place - 1) * Math.log(before));
  }
  return distance * sum;
}

/** Two-sided, exact: Durbin's matrix to the power of `count` (Marsaglia, Tsang and Wang 2003). Less than `distance`. */
export function byMatrix(distance: number, count: number): number {
  const half = Math.floor(count * distance) + 1;
  const size = 2 * half - 1;
  const power = toPower(durbinMatrix(size, half - count * distance), count, size);
  let probability = power[(half - 1) * size + half - 1] ?? 0;
  for (let factor = 1; factor <= count; factor += 1) probability *= factor / count;
  return probability;
}

type Matrix = Float64Array;

function durbinMatrix(size: number, rest: number): Matrix {
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      let value = row - column + 1 < 0 ? 0 : 1;
      if (column === 0) value -= rest ** (row + 1);
      if (row === size - 1) value -= rest ** (size - column);
      if (column === 0 && row === size - 1) value += 2 * rest - 1 > 0 ? (2 * rest - 1) ** size : 0;
      for (let factor = 2; factor <= row - column + 1; factor += 1) value /= factor;
      matrix[row * size + column] = value;
    }
  }
  return matrix;
}

function toPower(matrix: Matrix, exponent: number, size: number): Matrix {
  if (exponent === 1) return matrix;
  const half = toPower(matrix, Math.floor(exponent / 2), size);
  const square = product(half, half, size);
  return exponent % 2 === 0 ? square : product(square, matrix, size);
}

function product(one: Matrix, other: Matrix, size: number): Matrix {
  const result = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1)
    for (let middle = 0; middle < size; middle += 1) {
      const factor = one[row * size + middle] ?? 0;
      for (let column = 0; column < size; column += 1)
        result[row * size + column] =
          (result[row * size + column] ?? 0) + factor * (other[middle * size + column] ?? 0);
    }
  return result;
}

const TERMS = 30;

/** Two-sided, for many samples: the limit and three corrections of it (Pelz and Good 1976). Less than `distance`. */
export function byPelzGood(distance: number, count: number): number {
  const root = Math.sqrt(count);
  const z = root * distance;
  const [z2, z4, z6] = [z ** 2, z ** 4, z ** 6];
  let [limit, first, second, third] = [0, 0, 0, 0];
  for (let term = 0; term < TERMS; term += 1) {
    // The sums run over all whole numbers; they are even, so that half of them do, twice.
    const odd = Math.PI ** 2 * (term + 0.5) ** 2;
    const weight = 2 * Math.exp(-odd / (2 * z2));
    limit += weight;
    first += (odd - z2) * weight;
    second += (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * odd + (1 - 2 * z2) * odd ** 2) * weight;
    third +=
      (odd ** 3 * (5 - 30 * z2) +
        odd ** 2 * (-60 * z2 + 212 * z4) +
        odd * (135 * z4 - 96 * z6) -
        (30 * z6 + 90 * z ** 8)) *
      weight;
  }
  const whole = wholeSums(z);
  const scale = Math.sqrt(Math.PI / 2);
  const parts = [
    (limit * scale) / z,
    (first * scale) / (6 * z4),
    (second * scale) / (72 * z ** 7) - (whole.second * scale) / (36 * z ** 3),
    (third * scale) / (6480 * z ** 10) + (whole.third * scale) / (216 * z6),
  ];
  return parts.reduce((sum, part, place) => sum + part / root ** place, 0);
}

function wholeSums(z: number): { second: number; third: number } {
  let [second, third] = [0, 0];
  for (let term = 1; term < TERMS; term += 1) {
    const square = Math.PI ** 2 * term ** 2;
    const weight = 2 * Math.exp(-square / (2 * z ** 2));
    second += square * weight;
    third += (3 * square * z ** 2 - square ** 2) * weight;
  }
  return { second, third };
}
