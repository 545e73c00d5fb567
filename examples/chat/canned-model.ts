const answers: readonly { readonly about: RegExp; readonly output: string; readonly score: number }[] = [
  {
    about: /egg/i,
    output:
      "Put the eggs into boiling water: six minutes for a soft yolk, nine for a firm one. Then cool them in cold water, so that they stop cooking and peel well.",
    score: 0.9,
  },
  {
    about: /rice/i,
    output:
      "Rinse one cup of rice, add one and a half cups of water, bring it to the boil, and leave it covered on the lowest heat for twelve minutes. Let it rest for another ten.",
    score: 0.8,
  },
  {
    about: /tea/i,
    output: "Black tea wants boiling water and four minutes. Green tea wants 75 °C and two.",
    score: 0.7,
  },
];

const unknown = { output: "I know about eggs, rice and tea, and nothing else.", score: 0.2 };

/** Stands for your model, and for whatever scores what it says. */
export const askModel = (prompt: string): { readonly output: string; readonly score: number } =>
  answers.find(({ about }) => about.test(prompt)) ?? unknown;
