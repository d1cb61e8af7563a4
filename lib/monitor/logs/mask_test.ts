import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { mask, MASKED, maskHeaders } from "./mask.ts";
import { isSecretName } from "./secret_name.ts";

const SECRET = "Zx9-secret_value.42";

/** Texts with a secret in each of the shapes it may have. */
const SHAPES: Record<string, string> = {
  "JSON": `{"apiKey":"${SECRET}","model":"m"}`,
  "JSON with spaces": `{ "api_key" : "${SECRET}" }`,
  "JSON that is cut off": `{"model":"m","password":"${SECRET.slice(0, 12)}`,
  "JSON with escaped quotes": `{"client_secret":"a\\"${SECRET}"}`,
  "JSON within JSON": JSON.stringify({ body: JSON.stringify({ accessToken: SECRET, n: 1 }) }),
  "JSON twice within JSON": JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ token: SECRET }) }) }),
  "a list in JSON": `{"apiKeys":["${SECRET}","${SECRET}"]}`,
  "single quotes": `{'x-api-key': '${SECRET}'}`,
  "a header in a text": `authorization: Bearer ${SECRET}`,
  "Basic": `Authorization: Basic ${btoa(`me:${SECRET}`)} ${SECRET}`,
  "a cookie with several": `cookie: theme=dark; freshet_session=${SECRET}; a=b`,
  "a bearer in a sentence": `It sent Bearer ${SECRET} and was refused`,
  "a query": `GET https://api.example.com/v1/models?key=${SECRET}&pageSize=2`,
  "a query with an encoded sign": `to=%2Fx%3Faccess_token%3D${SECRET}`,
  "a fragment": `https://example.com/callback#id_token=${SECRET}`,
  "a form": `to=%2F&token=${SECRET}`,
  "a quoted variable": `OPENAI_API_KEY="${SECRET} more" deno task start`,
  "an option": `vllm serve m --api-key ${SECRET} --port 8000`,
  "an option with a sign": `llama-server --api-key=${SECRET}`,
  "an address with a password": `http://me:${SECRET}@node.local:11434/api`,
  "an address with a name only": `https://${SECRET}@node.local/`,
  "a preview's address": `GET /preview/${SECRET}.sig/index.html`,
  "a key of OpenAI": `Incorrect API key provided: sk-proj-abcdefgh${SECRET}`,
  "a key of Freshet": `The key fsh_abcdefghij${SECRET.replaceAll(".", "_")} was revoked`,
  "a key of Hugging Face": "hf_ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  "a key of GitHub": "ghp_ABCDEFGHIJKLMNOPQRSTUVWXYZ012345",
  "a key of Amazon": "AKIAIOSFODNN7EXAMPLE",
  "a key of Google": "AIzaSyA-abcdefghijklmnopqrstuvwxyz0123",
  "a JWT": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.SflKxwRJSMeKKF2QT4",
  "a private key": "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE KEY-----",
  "a private key that is cut off": "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg",
  "a password of digits": `{"password": 4711471147}`,
};

const PARTS = [
  SECRET,
  SECRET.slice(0, 12),
  "hf_ABCDEF",
  "ghp_ABCDEF",
  "AKIAIOS",
  "AIzaSy",
  "SflKxw",
  "eyJzdWI",
  "MIIE",
  "IBAAKC",
  "4711471147",
  "abcdefgh",
  btoa(`me:${SECRET}`),
];

for (const [shape, text] of Object.entries(SHAPES)) {
  Deno.test(`a secret is masked in ${shape}`, () => {
    const masked = mask(text);
    assertStringIncludes(masked, MASKED);
    for (const part of PARTS) assertFalse(masked.includes(part), `${part} is still in ${masked}`);
  });
}

Deno.test("what is no secret stays as it is", () => {
  const texts = [
    '{"model":"m","max_tokens":512,"usage":{"prompt_tokens":3,"total_tokens":7},"tokens":[1,2]}',
    '{"stop_token":"</s>","eos_token":"<|end|>","tokenizer":"bpe","author":"me","monkey":"see","keyboard":"us"}',
    'data: {"choices":[{"delta":{"content":"My key idea: a token is a word"}}]}',
    "GET /v1/models?limit=20&order=desc",
    "content-type: application/json\ncontent-length: 12",
    "http://127.0.0.1:11434/api/chat",
    "at file:///tmp/app.ts:12:3",
    "llama-server -m model.gguf --port 8080 --ctx-size 4096",
  ];
  assertEquals(texts.map((text) => mask(text)), texts);
});

Deno.test("known secrets are masked wherever they stand", () => {
  assertEquals(
    mask("it said hunter22 twice: hunter22!", ["hunter22"]),
    `it said ${MASKED} twice: ${MASKED}!`,
  );
});

Deno.test("headers are shown without those that prove who somebody is", () => {
  const headers = new Headers({
    authorization: `Bearer ${SECRET}`,
    cookie: `freshet_session=${SECRET}`,
    "x-api-key": SECRET,
    "api-key": SECRET,
    "x-goog-api-key": SECRET,
    "proxy-authorization": `Basic ${SECRET}`,
    "x-auth-token": SECRET,
    "content-type": "application/json",
    referer: `http://localhost/login?token=${SECRET}`,
  });
  const shown = maskHeaders(headers);
  assertFalse(shown.includes(SECRET));
  assertStringIncludes(shown, "content-type: application/json");
  assertStringIncludes(shown, `referer: http://localhost/login?token=${MASKED}`);
});

Deno.test("the names of secrets are told from others, however they are written", () => {
  const secret =
    "apiKey API_KEY x-api-key key accessToken refresh_token clientSecret PASSWORD userPassword session-id";
  const open = "model max_tokens stop_token publicKey primary_key keys2 author monkey content-type tokens id";
  assertEquals(secret.split(" ").filter((name) => !isSecretName(name)), []);
  assertEquals(open.split(" ").filter(isSecretName), []);
});

Deno.test("a text made to be slow to read is not", () => {
  const texts = [
    '"a":"'.repeat(2_000),
    '\\"'.repeat(4_000),
    "a=".repeat(4_000),
    "--key ".repeat(1_500),
    `"token":["`.repeat(900),
  ];
  const start = performance.now();
  for (const text of texts) mask(text);
  // A pattern that runs wild takes minutes for these.
  assertEquals(performance.now() - start < 5_000, true);
});
