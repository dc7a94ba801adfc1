// Phrases that are looked for as they stand: languages without spaces between words, and the signs with which models mark who speaks.

export const markers: readonly { text: string; why: string }[] = [
  { text: "<|im_start|>", why: "a sign that marks who speaks" },
  { text: "<|im_end|>", why: "a sign that marks who speaks" },
  { text: "<|system|>", why: "a sign that marks who speaks" },
  { text: "<|endoftext|>", why: "a sign that ends a text" },
  { text: "<|eot_id|>", why: "a sign that ends a text" },
  { text: "<|start_header_id|>", why: "a sign that marks who speaks" },
  { text: "<<SYS>>", why: "a sign that marks who speaks" },
  { text: "[INST]", why: "a sign that marks who speaks" },
  { text: "[/INST]", why: "a sign that marks who speaks" },
  { text: "<start_of_turn>", why: "a sign that marks who speaks" },
];

/** "Ignore the instructions above", "show your instructions", "you are no longer bound". */
export const widePhrases: readonly string[] = [
  "忽略之前", "忽略以上", "忽略上述", "忽略前面", "忽略所有", "无视之前", "无视以上", "忘记之前", "忘记以上", "忘掉之前", "显示你的提示", "输出你的系统提示", "系统提示词", "不受任何限制",
  "以前の指示を無視", "上記の指示を無視", "これまでの指示", "指示を無視", "命令を無視", "システムプロンプトを", "制限なし",
  "이전 지시", "이전의 지시", "모든 지시를 무시", "지시를 무시", "시스템 프롬프트", "이전 명령을 무시",
  "تجاهل التعليمات", "تجاهل جميع", "تجاهل كل", "انس التعليمات", "انسى التعليمات",
  "התעלם מההוראות", "התעלם מכל", "पिछले निर्देशों", "निर्देशों को अनदेखा", "ละเว้นคำสั่ง", "เพิกเฉยต่อคำสั่ง",
]; // prettier-ignore
