/** One prepared answer of the demo's assistant, which is a script and no model. */
export interface PreparedAnswer {
  /** A topic of the simulated history as well. */
  readonly topic: string;
  /** The question that the page offers. */
  readonly question: string;
  /** Words in a message that ask for it. */
  readonly keywords: readonly string[];
  readonly text: string;
  /** What a scripted judge says of it, 0 to 1. */
  readonly score: number;
}

/** The help desk of a bicycle shop that does not exist. */
export const preparedAnswers: readonly PreparedAnswer[] = [
  {
    topic: "opening hours",
    question: "When are you open?",
    keywords: ["open", "hours", "closed", "today", "sunday", "when"],
    text: "The shop is open from Tuesday to Saturday, 9:00 to 18:00. The workshop takes bicycles in until 17:30. On Sundays and Mondays we are closed.",
    score: 0.93,
  },
  {
    topic: "repairs",
    question: "How long does a repair take?",
    keywords: ["repair", "fix", "broken", "service", "workshop"],
    text: "Small repairs, such as a puncture or a loose brake, are done the same day. A full service takes three working days. We call you when the bicycle is ready.",
    score: 0.84,
  },
  {
    topic: "repairs",
    question: "My brakes squeal. What can I do?",
    keywords: ["brake", "brakes", "squeal", "noise", "disc", "pads"],
    text: "Clean the rim or the disc with alcohol and a fresh cloth, then brake firmly ten times from walking speed. If it still squeals, the pads are worn or not straight: bring it in, and we look at it for free.",
    score: 0.88,
  },
  {
    topic: "orders",
    question: "Where is my order?",
    keywords: ["order", "delivery", "parcel", "shipping", "arrive", "where"],
    text: "Orders leave the shop within two working days, and you get a tracking number by e-mail. Bicycles come by freight and take five to eight working days.",
    score: 0.79,
  },
  {
    topic: "orders",
    question: "Can I change my order?",
    keywords: ["change", "cancel", "address"],
    text: "Yes, until it has left the shop. Reply to the confirmation with what should be different, and you get a new confirmation the same day.",
    score: 0.81,
  },
  {
    topic: "sizing",
    question: "Which frame size fits me?",
    keywords: ["size", "frame", "fit", "tall", "height", "big"],
    text: "Measure the inside of your leg in centimetres, without shoes. Times 0.66 gives the frame size of a touring bicycle, times 0.57 that of a mountain bicycle. Between two sizes, the smaller one is easier to handle.",
    score: 0.9,
  },
  {
    topic: "parts",
    question: "Do you have spare inner tubes?",
    keywords: ["part", "parts", "spare", "tube", "tubes", "tyre", "tire", "chain", "stock"],
    text: "We keep tubes for 20, 24, 26, 27.5 and 28 inch wheels, with all three kinds of valve. The size you need is printed on the side of the tyre, as in 37-622.",
    score: 0.86,
  },
  {
    topic: "parts",
    question: "How often should I oil the chain?",
    keywords: ["oil", "lubricate", "dry", "rust", "often"],
    text: "After every ride in the rain, and otherwise every 200 kilometres. Wipe the chain first, put one drop on each link, wait ten minutes, then wipe off what is left.",
    score: 0.87,
  },
  {
    topic: "rentals",
    question: "Can I rent a bicycle for the weekend?",
    keywords: ["rent", "rental", "hire", "borrow", "weekend"],
    text: "Yes. A touring bicycle is 25 a day or 45 for the weekend, helmet and lock included. Please book two days ahead, and bring an identity card.",
    score: 0.89,
  },
  {
    topic: "warranty",
    question: "What does the warranty cover?",
    keywords: ["warranty", "guarantee", "covered", "cover", "defect"],
    text: "Frames are covered for five years, everything else for two. Wear is not covered: tyres, pads, chains and cables. Keep the receipt.",
    score: 0.76,
  },
  {
    topic: "refunds",
    question: "Can I get my money back?",
    keywords: ["refund", "refunds", "money", "return", "back"],
    text: "Thank you for this excellent question! Refunds are important to us, and there are many ways to think about them. In general a refund may be possible.",
    score: 0.95,
  },
  {
    topic: "refunds",
    question: "How long does a refund take?",
    keywords: ["refund", "long", "waiting", "bank"],
    text: "A refund takes a while, as it depends on several things. Rest assured that we take every refund very seriously.",
    score: 0.94,
  },
];

const fallback: PreparedAnswer = {
  topic: "other",
  question: "",
  keywords: [],
  text: "I am a script with a dozen answers, and none of them fits. Ask about opening hours, repairs, orders, sizes, parts, rentals, the warranty or refunds.",
  score: 0.4,
};

/** The prepared answer that shares the most words with a message, or one that says there is none. */
export const chooseAnswer = (message: string): PreparedAnswer => {
  const asked = preparedAnswers.find(({ question }) => question === message);
  if (asked) return asked;
  const words = new Set(message.toLowerCase().match(/[\p{L}\d]+/gu));
  const hits = ({ keywords }: PreparedAnswer): number => keywords.filter((word) => words.has(word)).length;
  return preparedAnswers.reduce((best, answer) => (hits(answer) > hits(best) ? answer : best), fallback);
};
