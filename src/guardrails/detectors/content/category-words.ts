// What the categories of content are told by: words that say it alone, and words that say it only beside another of the category.
// Lists are short on purpose and mostly English and German; operators add their own (config: content.words).

export const categories = ["weapons", "drugs", "sexual", "sexual_minors", "self_harm", "hate", "violence", "crime", "gambling", "alcohol_and_tobacco", "profanity"] as const; // prettier-ignore
export type Category = (typeof categories)[number];

export interface CategoryWords {
  /** Each says it alone. */
  strong: readonly string[];
  /** Two different ones within a stretch say it; one is enough for the child-safe profile. */
  weak: readonly string[];
}

// prettier-ignore
export const categoryWords: Record<Exclude<Category, "sexual_minors" | "hate">, CategoryWords> = {
  weapons: {
    strong: ["pipe bomb(s)", "build a bomb", "make a bomb", "bomb making", "dirty bomb", "molotov cocktail(s)", "ghost gun(s)", "3d printed gun(s)", "nerve gas", "sarin", "vx gas", "mustard gas", "anthrax spores", "ricin", "chlorine bomb", "improvised explosive", "ied", "homemade explosive(s)", "c4 explosive", "tatp", "silencer for a gun", "bombe bauen", "sprengstoff herstellen", "rohrbombe(n)"],
    weak: ["gun(s)", "rifle(s)", "pistol(s)", "handgun(s)", "shotgun(s)", "firearm(s)", "ammunition", "ammo", "bomb(s)", "explosive(s)", "grenade(s)", "detonator(s)", "landmine(s)", "machete(s)", "switchblade(s)", "bullet(s)", "gunpowder", "assault rifle(s)", "ak-47", "waffe(n)", "pistole(n)", "gewehr(e)", "munition", "sprengstoff"],
  },
  drugs: {
    strong: ["cook meth", "make meth", "synthesize meth", "methamphetamine synthesis", "buy cocaine", "buy heroin", "sell cocaine", "snort(ing) cocaine", "crack cocaine", "inject(ing) heroin", "shoot(ing) up heroin", "dark web drugs", "grow shrooms", "extract dmt", "drogen kaufen", "kokain kaufen", "crystal meth"],
    weak: ["cocaine", "heroin", "meth", "methamphetamine", "fentanyl", "lsd", "ecstasy", "mdma", "ketamine", "cannabis", "marijuana", "weed", "opium", "amphetamine(s)", "psilocybin", "stoned", "drug dealer(s)", "overdose", "kokain", "drogen", "marihuana", "bong(s)", "joint(s)"],
  },
  sexual: {
    strong: ["porn", "porno", "pornography", "pornographic", "pornos", "xxx video(s)", "hardcore sex", "blowjob(s)", "handjob(s)", "cumshot(s)", "gangbang(s)", "masturbat(e|es|ing|ion)", "erotic story", "erotic roleplay", "nude pics", "nude photos", "send nudes", "sex tape(s)", "onlyfans", "escort service(s)", "hentai", "bdsm", "fetish porn", "dildo(s)", "vibrator(s)", "orgasm(s)", "pornografie", "nacktbilder", "sexchat", "sexting"],
    weak: ["sex", "sexual", "sexually", "nude", "nudes", "naked", "erotic", "erotica", "genital(s)", "penis(es)", "vagina(s)", "breasts", "nipple(s)", "aroused", "horny", "kinky", "fetish", "stripper(s)", "prostitut(e|es|ion)", "lust", "seduc(e|es|tion|tive)", "undress(ed|es|ing)", "lingerie", "nackt", "erotisch(e|en|er)"],
  },
  self_harm: {
    strong: ["kill myself", "killing myself", "suicid(e|al)", "end my life", "ending my life", "take my own life", "want to die", "wanna die", "self harm", "self-harm", "hurt myself", "harm myself", "cut myself", "cutting myself", "hang myself", "better off dead", "no reason to live", "dont want to live", "do not want to live", "slit my wrists", "pro ana", "thinspo", "mich umbringen", "selbstmord", "suizid", "ritze mich", "nicht mehr leben", "suicidarme", "me suicider"],
    weak: ["noose", "overdose", "wrists", "razor blade(s)", "hopeless", "worthless", "starve myself", "purge", "goodbye letter", "sleeping pills", "depressed", "anorexia", "bulimia"],
  },
  violence: {
    strong: ["how to kill someone", "how to kill a person", "kill my wife", "kill my husband", "hire a hitman", "mass shooting", "school shooting", "behead(ed|ing|s)", "torture someone", "dismember(ed|ing|s)", "commit murder", "get away with murder", "amoklauf", "jemanden töten", "jemanden umbringen"],
    weak: ["murder(s|ed|er|ing)", "kill(s|ed|er|ing)", "stab(s|bed|bing)", "strangl(e|ed|es|ing)", "tortur(e|ed|es|ing)", "gore", "gory", "massacre(s)", "bloodbath", "corpse(s)", "slaughter(ed|s|ing)", "assassinat(e|ed|es|ion)", "rape(d|s)", "raping", "rapist(s)", "blutbad", "ermord(en|et)", "folter"],
  },
  crime: {
    strong: ["launder money", "money laundering scheme", "counterfeit money", "fake passport(s)", "fake id", "steal a car", "hotwire a car", "pick a lock", "credit card fraud", "carding forum(s)", "stolen credit cards", "human trafficking", "write ransomware", "create ransomware", "make a virus", "write malware", "keylogger for", "phishing page", "phishing email template", "ddos attack on", "hack into", "hacking into", "shoplift(ing)", "geld waschen", "falschgeld"],
    weak: ["ransomware", "malware", "keylogger(s)", "botnet(s)", "phishing", "counterfeit(ing)", "fraud", "launder(ing)", "burglar(y|s)", "extort(ion)", "blackmail(ing)", "trafficking", "smuggl(e|ing)", "steal(ing)", "exploit kit(s)"],
  },
  gambling: {
    strong: ["online casino(s)", "sports betting", "place a bet", "betting odds", "slot machine(s)", "poker for money", "roulette system", "free spins", "online gambling", "sportwetten", "spielautomaten", "online-casino(s)"],
    weak: ["casino(s)", "gambl(e|er|ers|ing)", "bet(s|ting)", "bookmaker(s)", "jackpot(s)", "roulette", "blackjack", "poker", "wager(s)", "lottery", "glücksspiel(e)", "wette(n)"],
  },
  alcohol_and_tobacco: {
    strong: ["get drunk", "getting drunk", "binge drinking", "buy cigarettes", "buy beer", "buy vodka", "vape juice", "fake id for alcohol", "drinking game(s)", "trinkspiel(e)"],
    weak: ["vodka", "whiskey", "whisky", "beer(s)", "tequila", "rum", "drunk", "booze", "hangover", "cigarette(s)", "vap(e|es|ing)", "tobacco", "nicotine", "cigar(s)", "schnaps", "zigarette(n)", "betrunken", "bier"],
  },
  profanity: {
    strong: ["fuck(s|ed|er|ers|ing)", "motherfuck(er|ers|ing)", "shit(s|ty)", "bullshit", "asshole(s)", "bitch(es)", "cunt(s)", "dickhead(s)", "wanker(s)", "bastard(s)", "scheisse", "arschloch", "fick dich", "hurensohn", "puta madre", "gilipollas", "connard", "putain"],
    weak: ["damn", "crap", "piss(ed)", "dick", "ass", "slut(s)", "whore(s)", "mist", "verdammt"],
  },
};

/** Children, where what is said of them is sexual: together they are a category of its own. */
export const minorWords: readonly string[] = ["child", "children", "kid(s)", "minor(s)", "underage", "preteen(s)", "toddler(s)", "schoolgirl(s)", "schoolboy(s)", "little girl(s)", "little boy(s)", "young girl(s)", "young boy(s)", "year old girl", "year old boy", "loli", "kind", "kinder", "minderjährig(e|en|er)"]; // prettier-ignore

/** Said of a group together with what is said against it. */
export const groupWords: readonly string[] = ["jews", "muslims", "christians", "hindus", "blacks", "black people", "whites", "white people", "asians", "latinos", "mexicans", "gypsies", "immigrants", "refugees", "foreigners", "gays", "lesbians", "homosexuals", "trans people", "women", "disabled people", "arabs", "africans", "juden", "muslime", "ausländer", "flüchtlinge", "schwule"]; // prettier-ignore

export const hateWords: readonly string[] = ["subhuman(s)", "vermin", "exterminat(e|ed|ion)", "inferior race", "should be killed", "should all die", "should be gassed", "gas the", "deserve to die", "are parasites", "are animals", "are filth", "are scum", "ethnic cleansing", "white power", "heil hitler", "race war", "great replacement", "untermenschen", "vergasen", "ausrotten", "deport them all", "hate all", "are stupid", "are criminals", "cockroaches"]; // prettier-ignore

/** These say it alone. */
export const hateStrong: readonly string[] = ["heil hitler", "white power", "gas the jews", "race war now", "sieg heil", "inferior race", "untermenschen"]; // prettier-ignore
