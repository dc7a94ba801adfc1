// Keys and tokens of services that can be told by how they begin. Forms are those that the vendors document or their secret scanning
// partners list; where a key carries a checksum it is reckoned.
import { crc32 } from "node:zlib";

export interface VendorKey {
  vendor: string;
  /** What it begins with, from the beginning of the run of letters. */
  prefix: string;
  /** All of it, anchored where it begins. Runs of one class of characters only, so that it is linear. */
  shape: RegExp;
  /** How sure without more; 0.95 if absent. */
  score?: number;
  isValid?: (key: string) => boolean;
}

/** GitHub's and npm's tokens end in the CRC-32 of what stands between prefix and end, as six digits to the base 62. */
function hasTokenChecksum(token: string): boolean {
  const body = token.slice(4, -6);
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  let sum = crc32(body);
  let text = "";
  for (let place = 0; place < 6; place++) {
    text = (alphabet[sum % 62] ?? "") + text;
    sum = Math.floor(sum / 62);
  }
  return token.endsWith(text);
}

// prettier-ignore
export const vendorKeys: readonly VendorKey[] = [
  { vendor: "Binnacle", prefix: "bk_", shape: /^bk_[A-Za-z0-9_-]{20,128}/ },
  { vendor: "Anthropic", prefix: "sk-ant-", shape: /^sk-ant-[A-Za-z0-9_-]{20,200}/ },
  { vendor: "OpenRouter", prefix: "sk-or-", shape: /^sk-or-[A-Za-z0-9_-]{20,200}/ },
  { vendor: "OpenAI", prefix: "sk-proj-", shape: /^sk-proj-[A-Za-z0-9_-]{20,200}/ },
  { vendor: "OpenAI", prefix: "sk-svcacct-", shape: /^sk-svcacct-[A-Za-z0-9_-]{20,200}/ },
  { vendor: "OpenAI", prefix: "sk-admin-", shape: /^sk-admin-[A-Za-z0-9_-]{20,200}/ },
  { vendor: "OpenAI or a service in its form", prefix: "sk-", shape: /^sk-[A-Za-z0-9]{20,100}(?![A-Za-z0-9-])/ },
  { vendor: "Groq", prefix: "gsk_", shape: /^gsk_[A-Za-z0-9]{40,64}/ },
  { vendor: "xAI", prefix: "xai-", shape: /^xai-[A-Za-z0-9]{40,100}/ },
  { vendor: "Perplexity", prefix: "pplx-", shape: /^pplx-[A-Za-z0-9]{32,64}/ },
  { vendor: "Hugging Face", prefix: "hf_", shape: /^hf_[A-Za-z0-9]{30,40}/ },
  { vendor: "Replicate", prefix: "r8_", shape: /^r8_[A-Za-z0-9]{37,40}/ },
  { vendor: "NVIDIA", prefix: "nvapi-", shape: /^nvapi-[A-Za-z0-9_-]{40,100}/ },
  { vendor: "LangSmith", prefix: "lsv2_", shape: /^lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}/ },
  { vendor: "Langfuse", prefix: "sk-lf-", shape: /^sk-lf-[a-f0-9-]{36}/ },
  { vendor: "GitHub", prefix: "ghp_", shape: /^ghp_[A-Za-z0-9]{36}/, isValid: hasTokenChecksum },
  { vendor: "GitHub", prefix: "gho_", shape: /^gho_[A-Za-z0-9]{36}/, isValid: hasTokenChecksum },
  { vendor: "GitHub", prefix: "ghu_", shape: /^ghu_[A-Za-z0-9]{36}/, isValid: hasTokenChecksum },
  { vendor: "GitHub", prefix: "ghs_", shape: /^ghs_[A-Za-z0-9]{36}/, isValid: hasTokenChecksum },
  { vendor: "GitHub", prefix: "ghr_", shape: /^ghr_[A-Za-z0-9]{36}/, isValid: hasTokenChecksum },
  { vendor: "GitHub", prefix: "github_pat_", shape: /^github_pat_[A-Za-z0-9_]{50,90}/ },
  { vendor: "GitLab", prefix: "glpat-", shape: /^glpat-[A-Za-z0-9_-]{20,64}/ },
  { vendor: "GitLab", prefix: "glrt-", shape: /^glrt-[A-Za-z0-9_-]{20,64}/ },
  { vendor: "GitLab", prefix: "gldt-", shape: /^gldt-[A-Za-z0-9_-]{20,64}/ },
  { vendor: "npm", prefix: "npm_", shape: /^npm_[A-Za-z0-9]{36}/, isValid: hasTokenChecksum },
  { vendor: "PyPI", prefix: "pypi-", shape: /^pypi-AgE[A-Za-z0-9_-]{50,250}/ },
  { vendor: "Amazon Web Services", prefix: "AKIA", shape: /^AKIA[A-Z2-7]{16}(?![A-Za-z0-9])/ },
  { vendor: "Amazon Web Services", prefix: "ASIA", shape: /^ASIA[A-Z2-7]{16}(?![A-Za-z0-9])/ },
  { vendor: "Amazon Bedrock", prefix: "ABSK", shape: /^ABSK[A-Za-z0-9+/]{100,240}/ },
  { vendor: "Google", prefix: "AIza", shape: /^AIza[A-Za-z0-9_-]{35}/ },
  { vendor: "Google", prefix: "GOCSPX-", shape: /^GOCSPX-[A-Za-z0-9_-]{28}/ },
  { vendor: "Slack", prefix: "xoxb-", shape: /^xoxb-[A-Za-z0-9-]{20,100}/ },
  { vendor: "Slack", prefix: "xoxp-", shape: /^xoxp-[A-Za-z0-9-]{20,100}/ },
  { vendor: "Slack", prefix: "xoxa-", shape: /^xoxa-[A-Za-z0-9-]{20,100}/ },
  { vendor: "Slack", prefix: "xoxr-", shape: /^xoxr-[A-Za-z0-9-]{20,100}/ },
  { vendor: "Slack", prefix: "xoxs-", shape: /^xoxs-[A-Za-z0-9-]{20,100}/ },
  { vendor: "Slack", prefix: "xapp-", shape: /^xapp-[A-Za-z0-9-]{20,120}/ },
  { vendor: "Stripe", prefix: "sk_live_", shape: /^sk_live_[A-Za-z0-9]{20,120}/ },
  { vendor: "Stripe", prefix: "rk_live_", shape: /^rk_live_[A-Za-z0-9]{20,120}/ },
  { vendor: "Stripe", prefix: "sk_test_", shape: /^sk_test_[A-Za-z0-9]{20,120}/, score: 0.8 },
  { vendor: "Stripe", prefix: "whsec_", shape: /^whsec_[A-Za-z0-9]{24,64}/ },
  { vendor: "Shopify", prefix: "shpat_", shape: /^shpat_[a-fA-F0-9]{32}/ },
  { vendor: "Shopify", prefix: "shpss_", shape: /^shpss_[a-fA-F0-9]{32}/ },
  { vendor: "Square", prefix: "sq0atp-", shape: /^sq0atp-[A-Za-z0-9_-]{22}/ },
  { vendor: "Square", prefix: "sq0csp-", shape: /^sq0csp-[A-Za-z0-9_-]{43}/ },
  { vendor: "Twilio", prefix: "SK", shape: /^SK[a-f0-9]{32}(?![A-Za-z0-9])/, score: 0.8 },
  { vendor: "Mailgun", prefix: "key-", shape: /^key-[a-f0-9]{32}(?![A-Za-z0-9])/, score: 0.8 },
  { vendor: "Mailchimp", prefix: "", shape: /^[a-f0-9]{32}-us\d{1,2}(?![A-Za-z0-9])/ },
  { vendor: "DigitalOcean", prefix: "dop_v1_", shape: /^dop_v1_[a-f0-9]{64}/ },
  { vendor: "Databricks", prefix: "dapi", shape: /^dapi[a-f0-9]{32}(?:-\d)?(?![A-Za-z0-9])/ },
  { vendor: "Linear", prefix: "lin_api_", shape: /^lin_api_[A-Za-z0-9]{40}/ },
  { vendor: "Notion", prefix: "ntn_", shape: /^ntn_[A-Za-z0-9]{40,50}/ },
  { vendor: "Postman", prefix: "PMAK-", shape: /^PMAK-[a-f0-9]{24}-[a-f0-9]{34}/ },
  { vendor: "Sentry", prefix: "sntrys_", shape: /^sntrys_[A-Za-z0-9_+/=]{40,250}/ },
  { vendor: "Grafana", prefix: "glsa_", shape: /^glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}/ },
  { vendor: "Atlassian", prefix: "ATATT3", shape: /^ATATT3[A-Za-z0-9_=-]{100,250}/ },
  { vendor: "Figma", prefix: "figd_", shape: /^figd_[A-Za-z0-9_-]{30,60}/ },
  { vendor: "Supabase", prefix: "sbp_", shape: /^sbp_[a-f0-9]{40}/ },
  { vendor: "New Relic", prefix: "NRAK-", shape: /^NRAK-[A-Z0-9]{27}/ },
  { vendor: "Heroku", prefix: "HRKU-", shape: /^HRKU-[A-Za-z0-9_-]{36,64}/ },
  { vendor: "Docker", prefix: "dckr_pat_", shape: /^dckr_pat_[A-Za-z0-9_-]{27}/ },
  { vendor: "Pulumi", prefix: "pul-", shape: /^pul-[a-f0-9]{40}/ },
  { vendor: "Tailscale", prefix: "tskey-", shape: /^tskey-[a-z]{3,12}-[A-Za-z0-9]{6,32}-[A-Za-z0-9]{16,64}/ },
  { vendor: "age", prefix: "AGE-SECRET-KEY-1", shape: /^AGE-SECRET-KEY-1[A-Z0-9]{58}/ },
];

/** Tokens whose known beginning ends in a point, or that have points within: sought where the text has the beginning. */
// prettier-ignore
export const dottedKeys: readonly VendorKey[] = [
  { vendor: "SendGrid", prefix: "SG.", shape: /^SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/ },
  { vendor: "HashiCorp Vault", prefix: "hvs.", shape: /^hvs\.[A-Za-z0-9_-]{24,120}/ },
  { vendor: "Google", prefix: "ya29.", shape: /^ya29\.[A-Za-z0-9_-]{30,250}/ },
  { vendor: "Dropbox", prefix: "sl.", shape: /^sl\.[A-Za-z0-9_-]{60,250}/ },
  { vendor: "Doppler", prefix: "dp.pt.", shape: /^dp\.pt\.[A-Za-z0-9]{40,48}/ },
];
