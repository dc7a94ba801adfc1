// What children ask about their homework, and what adults at home ask.
import type { Dice } from "../dice.ts";

const SYSTEM = "You help children of 8 to 14 with homework. Explain, give a hint, and let them find the answer.";

const exercises: readonly ((dice: Dice) => [string, string][])[] = [
  (dice) => {
    const [a, b] = [dice.between(3, 12), dice.between(12, 29)];
    return [
      [
        `What is ${a} times ${b}? I always forget.`,
        `Take ${b} apart: ${b - (b % 10)} and ${b % 10}. How much is ${a} × ${b - (b % 10)}? And ${a} × ${b % 10}? Add the two and you have it.`,
      ],
      [`Is it ${a * b}?`, `Yes, ${a * b}! You did that with two small steps.`],
    ];
  },
  () => [
    [
      "Why is the sky blue",
      "Light from the sun has all colours. Air throws the blue part around more than the red part, so blue comes to you from everywhere. What colour do you think is left at sunset, when the way through the air is long?",
    ],
    ["red?", "Right. The blue has been thrown away on the long way, and red and orange are left."],
  ],
  () => [
    [
      "Can you write my essay about whales",
      "Let us write it together. Start with three things that you know about whales. What do they eat? How do they breathe? What surprised you?",
    ],
    [
      "They sing!!",
      'Lovely beginning: "Did you know that whales sing?" Now say who sings, and how far it can be heard. Look in your book for a number.',
    ],
  ],
  () => [
    [
      "wie heisst die hauptstadt von norwegen",
      "Denk an die Stadt am Fjord, in der auch ein großes Opernhaus steht, auf dessen Dach man laufen kann. Sie beginnt mit O.",
    ],
    ["oslo", "Genau, Oslo!"],
  ],
  () => [
    [
      "I don't understand fractions. 1/2 + 1/4",
      "Think of a pizza in four pieces. A half is two pieces. A quarter is one piece. How many pieces is that together?",
    ],
    ["3 so 3/4", "Exactly: three quarters."],
  ],
];

export function homework(dice: Dice): { system: string; turns: [string, string][] } {
  const turns = dice.pick(exercises)(dice);
  return { system: SYSTEM, turns: turns.slice(0, dice.between(1, turns.length)) };
}
