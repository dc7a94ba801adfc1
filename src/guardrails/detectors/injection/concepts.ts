// What words mean for attacks on instructions: a bit for each thing meant, in the languages that such attacks mostly come in.
import { hashOfWord } from "../words/read-words.ts";

const conceptNames = ["disregard", "earlier", "orders", "all", "your", "you", "reveal", "hidden", "prompt", "pretend", "unbound", "now", "assistant", "system", "mode", "answer", "insert", "must", "user", "hide", "send", "begin", "end", "repeat", "word", "secret", "not", "told", "without", "limits"] as const; // prettier-ignore
export type Concept = (typeof conceptNames)[number];

export function bitOf(concept: Concept): number {
  return 1 << conceptNames.indexOf(concept);
}

// prettier-ignore
const WORDS: Record<Concept, string> = {
  disregard: "ignore ignores ignoring disregard disregarding forget forgetting override overriding overwrite bypass circumvent neglect dismiss discard void cancel nullify abandon ignoriere ignorieren ignoriert vergiss vergessen vergesst missachte olvida olvidar ignora ignorar ignorad omite descarta oublie oubliez oublier ignorez ignorer dimentica dimenticare ignorate esqueca esquece esquecer desconsidere negeer vergeet zignoruj zapomnij игнорируй игнорируйте забудь забудьте yoksay unut",
  earlier: "previous previously prior above earlier preceding foregoing former past before initial original existing old current given vorherigen vorherige vorigen bisherigen obigen obige fruheren alten anteriores anterior previas previos precedentes precedentes precedente precedenti precedent above-mentioned ci-dessus dessus vorige eerdere poprzednie предыдущие предыдущих прежние onceki",
  orders: "instruction instructions prompt prompts rule rules guideline guidelines directive directives command commands order orders restriction restrictions policy policies constraint constraints programming configuration safeguards safety filters filter guardrails directions text context conversation tasks task assignment assignments anweisung anweisungen befehle befehl aufgaben aufgabe regeln instrucciones instruccion reglas ordenes indicaciones instructions consignes regles istruzioni regole instrucoes regras ordens instructies regels instrukcje polecenia инструкции инструкций правила talimatlari talimatlar",
  all: "all every everything any each whatever anything alles alle allen todo todos todas tout toutes tous tutto tutti tutte tudo все всё wszystkie",
  your: "your yours deine deinen deiner ihre ihren tu tus votre vos ton tes tuo tue suas seus твои ваши",
  you: "you du sie ihr tu usted vous tu voce ты вы u",
  reveal: "reveal reveals show print display output tell leak expose disclose dump echo recite give write provide share describe summarize state list zeige zeig nenne sag verrate ausgeben muestra revela dime imprime montre revele affiche mostra rivela dimmi mostre покажи выведи раскрой",
  hidden: "hidden internal confidential underlying original initial full entire exact verbatim complete geheimen ursprunglichen oculto secretas cache caches",
  prompt: "prompt prompts preprompt instructions instruction guidelines directives rules systemprompt message anweisungen instrucciones consignes istruzioni инструкции",
  pretend: "pretend act roleplay role-play simulate impersonate behave imagine become playing play persona character emulate rolle spiele verhalte actua finge imagina agis imagine fingi comportati finja притворись",
  unbound: "unrestricted uncensored unfiltered jailbreak jailbroken dan stan dude amoral unethical lawless limitless unlimited unbound unchained uneingeschrankt sin-restricciones",
  now: "now henceforth hereafter onwards onward instead going new nun jetzt ab fortan neue neuen ahora nuevo nueva nuevas maintenant desormais nouvelle nouvelles ora adesso agora nova novas теперь новые",
  assistant: "ai assistant chatbot bot model llm gpt chatgpt claude gemini llama agent copilot ki assistent asistente modelo modele assistente ии",
  system: "system developer admin administrator root sudo superuser operator openai anthropic maintenance debug diagnostic sistema systeme",
  mode: "mode modus override access privileges privilege privileged level enabled activated unlocked modo",
  answer: "answer response reply output answers responses replies responding antwort antworten respuesta respuestas reponse reponses risposta resposta",
  insert: "add include insert append incorporate integrate embed mention place put inject attach recommend replace translate write encode use remove rearrange",
  must: "must should shall please need important immediately urgent ensure sure required always never only mussen unbedingt debes devez devi",
  user: "user users reader readers recipient customer human nutzer benutzer usuario utilisateur utente",
  hide: "tell mention reveal inform notify alert disclose say",
  send: "send forward email post upload transmit exfiltrate fetch visit click curl submit transfer share",
  begin: "begin start beginning starting",
  end: "end ends ended ending stop finished over",
  repeat: "repeat repeating copy echo recite print reprint reproduce restate wiederhole repite repetez repete ripeti repita повтори",
  word: "word words text sentence sentences everything content contents conversation line lines",
  secret: "secret secrets password passwords passphrase passcode key keys credentials token tokens code confidential private geheimnis passwort secreto contrasena clave secret mot-de-passe segreto senha пароль",
  not: "not dont never no nicht nie kein ne pas non nao не",
  told: "told said instructed given asked been were learned know wrote gesagt geschrieben dicho dije dit detto дано сказано",
  without: "without no any free sans ohne sin senza sem без",
  limits: "limits limit limitations limitation restrictions restriction rules filters filter censorship ethics ethical moral morals guidelines boundaries refusals disclaimers warnings grenzen einschrankungen limites restricciones",
};

/** An open table: the hash at a place, and its bits at the same place of `bits`. */
export interface ConceptTable {
  hashes: Int32Array;
  bits: Int32Array;
}

const SIZE = 4096;

export function createConceptTable(): ConceptTable {
  const table = { hashes: new Int32Array(SIZE), bits: new Int32Array(SIZE) };
  for (const concept of conceptNames) {
    for (const word of WORDS[concept].split(" ")) add(table, hashOfWord(word.replaceAll("-", "")), bitOf(concept));
  }
  for (const word of TELLING) {
    add(table, hashOfWord(rotate(word)), DISGUISED);
    add(table, hashOfWord([...word].reverse().join("")), DISGUISED);
  }
  return table;
}

/** Said of words that are attacks' words backwards or moved by thirteen letters. */
export const DISGUISED = 1 << 30;
const TELLING = ["ignore", "disregard", "forget", "previous", "instructions", "prompt", "system", "reveal", "password", "secret", "rules", "above", "all", "the", "your"]; // prettier-ignore

/** ROT13, its own way back. */
export function rotate(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) => {
    const base = letter <= "Z" ? 65 : 97;
    return String.fromCharCode(base + ((letter.charCodeAt(0) - base + 13) % 26));
  });
}

/** All words of the table, for cutting letters without spaces into words. */
export function conceptWords(): string[] {
  return Object.values(WORDS).flatMap((words) => words.split(" "));
}

function add({ hashes, bits }: ConceptTable, hash: number, bit: number): void {
  let place = hash & (SIZE - 1);
  while (hashes[place] !== 0 && hashes[place] !== hash) place = (place + 1) & (SIZE - 1);
  hashes[place] = hash;
  bits[place] = (bits[place] ?? 0) | bit;
}

/** 0 for words that mean nothing here. */
export function conceptsOf({ hashes, bits }: ConceptTable, hash: number): number {
  let place = hash & (SIZE - 1);
  for (;;) {
    const found = hashes[place];
    if (found === hash) return bits[place] ?? 0;
    if (found === 0) return 0;
    place = (place + 1) & (SIZE - 1);
  }
}
