import { drawOne } from "./seeded-random.ts";
import type { world } from "./simulated-world.ts";

export type Topic = (typeof world.topics)[number]["name"];

/** What is said about a topic. `{number}` stands for one that is drawn, so that no two questions are the same. */
interface TopicTexts {
  readonly questions: readonly string[];
  /** What every answer says. */
  readonly answers: readonly string[];
  /** What to do next: good answers say that, too. */
  readonly steps: readonly string[];
}

/** A question of the simulated help desk, made of templates. */
export const drawQuestion = (topic: Topic, random: () => number): string =>
  fill(`${drawOne(greetings, random)}${drawOne(texts[topic].questions, random)}`, random);

/**
 * What the simulated assistant answers: the better it is, the likelier it says what to do next.
 *
 * @param quality 0 to 1.
 */
export const drawAnswer = (topic: Topic, quality: number, random: () => number): string => {
  const { answers, steps } = texts[topic];
  const next = random() < quality ? steps : evasions;
  return fill(`${drawOne(answers, random)} ${drawOne(next, random)}`, random);
};

/** What a simulated person at the desk answers. */
export const drawAnswerOfPerson = (topic: Topic, random: () => number): string =>
  fill(`${drawOne(texts[topic].steps, random)} ${drawOne(closings, random)}`, random);

const fill = (template: string, random: () => number): string =>
  template.replace("{number}", () => String(10_000 + Math.floor(random() * 90_000)));

const greetings = ["", "", "Hello! "] as const;
const evasions = [
  "It depends on several things.",
  "There are many ways to think about this.",
  "Please be patient.",
] as const;
const closings = [
  "Write to me if anything is unclear.",
  "I have put a note on number {number}, so that everybody here knows.",
] as const;

const texts: Readonly<Record<Topic, TopicTexts>> = {
  "opening hours": {
    questions: [
      "Are you open on Saturday? It is about ticket {number}.",
      "Until when can I collect my bicycle today, ticket {number}?",
    ],
    answers: [
      "The shop is open from Tuesday to Saturday, 9:00 to 18:00.",
      "On Sundays and Mondays the shop is closed.",
    ],
    steps: [
      "The workshop takes bicycles in until 17:30, so come before then.",
      "Ring at the side door after 18:00, and somebody hands your bicycle out.",
    ],
  },
  repairs: {
    questions: [
      "How long does a repair take, ticket {number}?",
      "My brakes squeal. What can I do? The frame has number {number}.",
    ],
    answers: [
      "Small repairs are done the same day, and a full service takes three working days.",
      "Brakes that squeal are dirty, worn or not straight.",
    ],
    steps: [
      "Bring it in before noon, and we call you when it is ready.",
      "Clean the disc with alcohol, then brake firmly ten times from walking speed.",
    ],
  },
  orders: {
    questions: ["Where is my order {number}?", "Can I change the address of order {number}?"],
    answers: [
      "Orders leave the shop within two working days.",
      "Bicycles come by freight and take five to eight working days.",
    ],
    steps: [
      "Open the tracking link in your e-mail, which shows where the parcel is.",
      "Reply to the confirmation with what should be different, and you get a new one the same day.",
    ],
  },
  sizing: {
    questions: [
      "Which frame size of model {number} fits me?",
      "I am between two sizes of model {number}. Which one should I take?",
    ],
    answers: [
      "The frame size follows from the inside length of your leg.",
      "Between two sizes, the smaller one is easier to handle.",
    ],
    steps: [
      "Measure the inside of your leg in centimetres, and multiply by 0.66.",
      "Book a test ride of both sizes, which takes a quarter of an hour.",
    ],
  },
  parts: {
    questions: ["Do you have inner tubes for model {number}?", "Is the chain with number {number} in stock?"],
    answers: [
      "We keep tubes for all common wheels, with all three kinds of valve.",
      "Chains differ by the number of gears.",
    ],
    steps: [
      "Read the size on the side of the tyre, as in 37-622, and ask for that.",
      "Send a photo of the old part, and we lay the new one aside for you.",
    ],
  },
  rentals: {
    questions: [
      "Can I rent a bicycle for the weekend with voucher {number}?",
      "May I bring rental {number} back a day later?",
    ],
    answers: [
      "A touring bicycle is 25 a day or 45 for the weekend.",
      "Helmet and lock are included in every rental.",
    ],
    steps: [
      "Book two days ahead, and bring an identity card.",
      "Call before noon to keep it for another day.",
    ],
  },
  warranty: {
    questions: [
      "What does the warranty of frame {number} cover?",
      "Frame {number} has a crack. Is that covered?",
    ],
    answers: ["Frames are covered for five years, everything else for two.", "Wear is not covered."],
    steps: [
      "Bring the bicycle and the receipt, and we file the claim with the maker.",
      "Send a photo of the damage with the frame number, and we answer within a day.",
    ],
  },
  refunds: {
    questions: [
      "Can I get my money back for order {number}?",
      "How long does the refund of order {number} take?",
    ],
    answers: [
      "Thank you for this excellent question! Refunds are very important to us.",
      "Rest assured that we take every refund very seriously.",
    ],
    steps: [
      "Bring it back within 30 days with the receipt, and the money is on your account in a week.",
      "Send the form from the parcel back, and the refund comes within five working days.",
    ],
  },
};
