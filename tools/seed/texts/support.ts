// What customers of a mail-order house write, in several languages, and what they are answered.
import type { Dice } from "../dice.ts";

interface Talk {
  system: string;
  /** Each a question and its answer. */
  turns: [string, string][];
}

const SYSTEM =
  "You are the help desk of Harbour, a mail-order house for sailing gear. Be friendly and brief. Ask for the order number when it is missing. Never promise a refund; say that a colleague decides.";

const goods = [
  "a storm jacket",
  "two fenders",
  "a hand bearing compass",
  "sea boots, size 43",
  "a life vest",
  "a bilge pump",
  "a cockpit lamp",
];
const months = ["May", "June", "July", "August", "September"];

export const order = (dice: Dice): string => `HB-${dice.between(100_000, 999_999)}`;

const talks: readonly ((dice: Dice) => Talk["turns"])[] = [
  (dice) => {
    const [number, good] = [order(dice), dice.pick(goods)];
    return [
      [
        `Hello, I ordered ${good} ten days ago (${number}) and nothing has come. Where is it?`,
        `Thank you for writing. Order ${number} left our warehouse on Tuesday and is with the carrier in Bremen. It should reach you within two working days. Shall I send you the tracking link?`,
      ],
      [
        "Yes please, and can it be left with my neighbour?",
        "I have sent the link to the address in your account. You can choose a neighbour there until eight in the morning of the delivery day.",
      ],
      [
        "It says 'delivered' but I have nothing here!",
        "I am sorry about that. I have opened a search with the carrier; they answer within 24 hours. If the parcel is not found, a colleague will decide about a replacement or a refund.",
      ],
      [
        "Fine. How do I hear of it?",
        "You will get a message from us as soon as the carrier has answered, tomorrow evening at the latest.",
      ],
    ];
  },
  (dice) => [
    [
      `The zip of my jacket broke after three weeks. Order ${order(dice)}. What now?`,
      "That should not happen. Could you send us a photo of the zip? With it, the workshop can say whether it is repaired or exchanged.",
    ],
    [
      "I have attached it to the ticket.",
      "Thank you, I can see it: the slider is bent. The workshop repairs this free of charge; I have made a return label for you.",
    ],
    ["How long does the repair take?", "About two weeks at this time of year, shipping included."],
  ],
  (dice) => [
    [
      `Guten Tag, ich möchte meine Bestellung ${order(dice)} stornieren. Ich habe die falsche Größe gewählt.`,
      "Guten Tag! Die Bestellung ist noch nicht gepackt, ich habe sie soeben angehalten. Möchten Sie stattdessen eine andere Größe?",
    ],
    [
      "Ja, bitte in XL. Bleibt der Preis gleich?",
      "Ja, der Preis bleibt gleich. Die Jacke in XL ist vorrätig und geht morgen auf den Weg.",
    ],
    ["Wunderbar, vielen Dank!", "Sehr gern. Gute Fahrt und immer eine Handbreit Wasser unter dem Kiel."],
  ],
  (dice) => [
    [
      `Bonjour, le gilet de sauvetage commandé en ${dice.pick(["mai", "juin", "juillet"])} est arrivé sans cartouche de gaz.`,
      "Bonjour, et toutes nos excuses. Les cartouches voyagent à part, par la route. Votre second colis est attendu jeudi.",
    ],
    [
      "Personne ne me l'avait dit. Merci !",
      "Vous avez raison, cela devrait figurer dans la confirmation. Je transmets la remarque.",
    ],
  ],
  (dice) => [
    [
      `Hola, ¿hacen envíos a las Islas Canarias? Necesito ${dice.pick(["un compás", "dos defensas", "una bomba de achique"])} antes del viernes.`,
      "¡Hola! Sí, enviamos a Canarias, pero la aduana tarda entre cuatro y seis días. Para el viernes no podemos prometerlo.",
    ],
    ["¿Y si lo recojo en Cádiz?", "En Cádiz puede recogerlo mañana a partir de las diez. ¿Se lo reservo?"],
  ],
  () => [
    [
      "Merhaba, siparişimin faturasını şirket adına değiştirebilir misiniz?",
      "Merhaba, elbette. Şirketin tam adını ve vergi numarasını yazarsanız faturayı bugün yenileyebilirim.",
    ],
    ["Yazdım, kontrol eder misiniz?", "Teşekkürler, yeni fatura hazır; birkaç dakika içinde e-posta ile gelecek."],
  ],
  () => [
    [
      "注文した長靴のサイズが合いませんでした。交換できますか。",
      "はい、三十日以内でしたら無料で交換いたします。ご希望のサイズをお知らせください。",
    ],
    ["42をお願いします。", "42は在庫がございます。本日中に返送用のラベルをお送りします。"],
  ],
  () => [
    ["مرحباً، لم يصلني رمز التتبع الخاص بالطلب.", "أهلاً بك. غادر طلبك المستودع اليوم، وسيصلك رمز التتبع خلال ساعة."],
    ["شكراً جزيلاً.", "على الرحب والسعة."],
  ],
  (dice) => {
    const address = `${dice.pick(["m.okafor", "lars.jensen", "b.klein", "sue.walker"])}${dice.between(1, 99)}@example.com`;
    return [
      [
        `Please change the mail address of my account to ${address}, the old one does not work any more.`,
        `I can do that. I have sent a confirmation to ${address}; the change takes hold once you have opened the link in it.`,
      ],
      ["Got it, it works.", "Good. Everything from now on goes to the new address."],
    ];
  },
  (dice) => [
    [
      `I returned ${dice.pick(goods)} in ${dice.pick(months)} and still wait for my money. This is the third time that I write!!`,
      "I understand that you are upset, and I am sorry. The return has been booked in; the payment waits for a colleague's decision. I have marked it as urgent.",
    ],
    [
      "When exactly?",
      "I cannot promise a day. The team decides on returns every morning before ten, and you will hear the same day.",
    ],
    [
      "I want to speak to a human.",
      "Of course. I have put you in line: a colleague calls you within the hour at the number in your account.",
    ],
  ],
];

export function supportTalk(dice: Dice): Talk {
  const turns = dice.pick(talks)(dice);
  const length = dice.chance(0.35) ? turns.length : dice.between(1, turns.length);
  return { system: SYSTEM, turns: turns.slice(0, length) };
}

export const faqs: readonly [string, string][] = [
  [
    "What does shipping cost?",
    "Within the EU 4.90 EUR, free from 80 EUR. Long goods such as masts are priced by distance.",
  ],
  ["How long do I have to send something back?", "Thirty days from delivery, unused and in its packaging."],
  [
    "Do you repair life vests?",
    "Yes. Vests of all makers are serviced in our workshop, usually within five working days.",
  ],
  [
    "Can I pay by invoice?",
    "Companies can, after their first order. Private customers can pay by card, by bank transfer or on collection.",
  ],
  [
    "Which size of fender do I need?",
    "About 3 cm of diameter for each metre of your boat's length, and one fender for every two metres.",
  ],
  ["Where are your shops?", "In Kiel, Bremen, Cádiz and Split. All are open from Monday to Saturday, ten to six."],
  [
    "Is my compass right for the southern hemisphere?",
    "Ours are balanced for the northern one. Versions for the south are made to order; that takes three weeks.",
  ],
  [
    "How do I charge the cockpit lamp?",
    "By the USB cable in its box, in about four hours. A full charge lasts for three nights.",
  ],
  ["Do you ship to Norway?", "Yes. Customs are paid by us and are in the price that you see."],
  [
    "How do I wash a storm jacket?",
    "At 30 degrees, without softener; then tumble it warm for twenty minutes to bring the coating back.",
  ],
];
