import { assertEquals } from "@std/assert";
import { localPrincipal } from "../../lib/access/mod.ts";
import { ORIGIN, startApp, type TestApp } from "../harness.ts";

/** What nobody means, in every field there is: the answer is a typed one, whatever it is. */
const TEXTS: Readonly<Record<string, string>> = {
  empty: "",
  "longer than a key of the store": "x".repeat(3_000),
  "longer than a value of the store": "ü".repeat(70_000),
  nul: "a\0b",
  "half a pair": "\ud800",
  emoji: "👩‍👩‍👧‍👦".repeat(20),
  "a path": "../../etc/passwd%00",
  "a number": "-1e999",
};
const VALUES: readonly unknown[] = [
  ...Object.values(TEXTS),
  null,
  0,
  -1,
  Number.MAX_SAFE_INTEGER + 1,
  [],
  {},
  Array(70_000).fill("chat"),
  { text: "x", color: "pink", more: 1 },
  { day: { costNano: -1 } },
  { day: { tokens: 1e308 }, century: {} },
];

const FORMS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "/login": [["profile", "password", "to"], ["token", "to"]],
  "/settings/profile": [
    ["intent=details", "name", "avatar", "color"],
    ["intent=password", "password", "oldPassword"],
    ["intent=revoke", "id"],
    ["intent"],
  ],
  "/settings/profiles": [
    ["intent=create", "name", "avatar", "color", "role", "password", "key"],
    ["intent=update", "id", "name", "avatar", "color", "role", "password"],
    ["intent=update", "id=MEMBER", "name", "avatar", "color", "role", "password"],
    ["intent=delete", "id"],
  ],
  "/settings/keys": [
    [
      "intent=create",
      "name",
      "scope",
      "requestsPerMinute",
      "tokensPerMinute",
      "lastDay",
      "day-dollars",
      "day-tokens",
    ],
    [
      "intent=create",
      "name=N",
      "scope=chat",
      "requestsPerMinute",
      "lastDay",
      "total-dollars",
      "total-tokens",
    ],
    ["intent=update", "id", "requestsPerMinute", "lastDay"],
    ["intent=update", "id=KEY", "requestsPerMinute", "tokensPerMinute", "lastDay", "month-dollars"],
    ["intent=renew", "id"],
    ["intent=revoke", "id"],
  ],
  "/settings/privacy": [["intent"]],
};

/** What is right in the other fields, so that it is the one that counts. */
const FINE: Readonly<Record<string, string>> = {
  name: "N",
  color: "teal",
  role: "member",
  scope: "chat",
  id: "none",
  profile: "none",
};

const BODIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "POST /api/keys": {
    name: "N",
    scopes: ["chat"],
    requestsPerMinute: 1,
    tokensPerMinute: 1,
    continuesAnswers: true,
    expiresAt: 0,
    budgets: {},
  },
  "PATCH /api/keys/KEY": { requestsPerMinute: 1, expiresAt: 0, budgets: {} },
  "PATCH /api/profile": {
    name: "N",
    avatar: { text: "", color: "teal" },
    password: "long enough",
    oldPassword: "",
  },
  "POST /api/profiles": { name: "N", avatar: { text: "", color: "teal" }, role: "member", password: null },
  "PATCH /api/profiles/MEMBER": {
    name: "N",
    avatar: { text: "", color: "teal" },
    role: "member",
    password: null,
  },
  "PATCH /api/settings": { theme: "light", language: "en", defaultModel: "m", systemPrompt: "p" },
};

const ADDRESSES = [
  "PATCH /api/keys/",
  "DELETE /api/keys/",
  "POST /api/keys/ID/rotate",
  "PATCH /api/profiles/",
  "DELETE /api/profiles/",
  "DELETE /api/sessions/",
  "GET /api/privacy/contacts?feature=",
  "GET /api/privacy/contacts?format=",
  "GET /settings/keys?edit=",
  "GET /settings/keys?revoke=",
  "GET /settings/profiles?edit=",
  "GET /settings/profile?done=",
  "GET /login?profile=",
  "GET /login?to=",
];

/** What nobody may answer: an error that nobody foresaw. */
async function broken(app: TestApp, what: string, path: string, init: RequestInit): Promise<string[]> {
  const response = await app.fetch(path, { ...init, headers: { origin: ORIGIN, ...init.headers } });
  const text = await response.text();
  const isUntyped = path.startsWith("/api/") && response.status >= 400 && !text.includes('"error":{"code"');
  return response.status >= 500 || isUntyped ? [`${what}: ${response.status} ${text.slice(0, 80)}`] : [];
}

/** Whatever was set, who is at the machine stays the administrator. */
async function stayOpen({ services: { profiles } }: TestApp): Promise<void> {
  if (!(await profiles.own(localPrincipal)).hasPassword) return;
  await profiles.updateOwn({ ...localPrincipal, hasToken: true }, { password: null });
}

async function appWithPeople() {
  const app = await startApp();
  const { apiKeys, profiles } = app.services;
  const member = await profiles.create(localPrincipal, { name: "Ada", role: "member", password: null });
  const key = await apiKeys.create(localPrincipal, "K", ["chat"]);
  return { app, named: (text: string) => text.replace("MEMBER", member.id).replace("KEY", key.id) };
}

Deno.test("no form of profiles, keys, logins and privacy breaks by what is in a field", async () => {
  const { app, named } = await appWithPeople();
  await using _ = app;
  const found: string[] = [];
  for (const [path, forms] of Object.entries(FORMS)) {
    for (const fields of forms) {
      for (const [name, value] of Object.entries(TEXTS).filter(([name]) => !name.startsWith("a "))) {
        for (const field of fields.filter((each) => !each.includes("="))) {
          const filled = fields.map((each) => {
            const [key = "", fixed = FINE[key] ?? ""] = named(each).split("=");
            return [key, each === field ? value : fixed];
          });
          const body = new URLSearchParams(filled);
          const what = `${path} ${fields[0]}: ${field} is ${name}`;
          found.push(...await broken(app, what, path, { method: "POST", body }));
          await stayOpen(app);
        }
      }
    }
  }
  assertEquals(found, []);
});

Deno.test("no operation on profiles, keys, sessions and settings breaks by what is in its body or address", async () => {
  const { app, named } = await appWithPeople();
  await using _ = app;
  const found: string[] = [];
  const headers = { "content-type": "application/json" };
  for (const [name, fields] of Object.entries(BODIES)) {
    const [method = "", path = ""] = named(name).split(" ");
    const bodies = Object.keys(fields).flatMap((field) =>
      VALUES.map((value): [string, unknown] => [field, { ...fields, [field]: value }])
    );
    for (const [field, value] of [...bodies, ...VALUES.map((value): [string, unknown] => ["all", value])]) {
      const body = JSON.stringify(value);
      const what = `${name} ${field}: ${body.slice(0, 120)}`;
      found.push(...await broken(app, what, path, { method, headers, body }));
      await stayOpen(app);
    }
  }
  for (const name of ADDRESSES) {
    const [method = "", path = ""] = name.split(" ");
    for (const [kind, text] of Object.entries(TEXTS)) {
      const value = encodeURIComponent(text.toWellFormed()).slice(0, 9_000);
      const address = path.includes("ID") ? path.replace("ID", value) : `${path}${value}`;
      const init = method === "PATCH" ? { method, headers, body: "{}" } : { method };
      found.push(...await broken(app, `${name} ${kind}`, address, init));
    }
  }
  const long = { ...headers, "idempotency-key": "k".repeat(3_000) };
  const body = JSON.stringify({ name: "Long key" });
  found.push(...await broken(app, "a long key", "/api/profiles", { method: "POST", headers: long, body }));
  assertEquals(found, []);
});
