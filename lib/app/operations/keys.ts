import { z } from "zod";
import { SCOPES } from "../../access/mod.ts";
import { operation } from "../http/operation.ts";
import { noContent } from "./common.ts";

const limitSchema = z.int().min(0).max(1_000_000_000);
/** The last day that a date can be. */
const LAST_MS = 8.64e15;

const budgetSchema = z.strictObject({
  costNano: z.int().min(0).meta({ description: "Nano-dollars (10⁻⁹ USD)" }).exactOptional(),
  tokens: z.int().min(0).meta({ description: "Of prompts and answers" }).exactOptional(),
}).meta({ id: "Budget" });

/** A limit of 0 is none. */
const options = {
  requestsPerMinute: limitSchema.exactOptional(),
  tokensPerMinute: limitSchema.exactOptional(),
  continuesAnswers: z.boolean().meta({
    description:
      "Whether another node goes on with a /v1 answer that breaks off; the header x-freshet-continue goes before it",
  }).exactOptional(),
  expiresAt: z.int().min(0).max(LAST_MS).meta({
    description: "When the key ends, in ms since 1970; 0 for never",
  }).exactOptional(),
  budgets: z.strictObject({
    day: budgetSchema.exactOptional(),
    month: budgetSchema.exactOptional(),
    total: budgetSchema.exactOptional(),
  }).meta({
    description:
      "What may be spent in a day and in a month of UTC, and in all; replaced whole, 0 is any amount",
  }).exactOptional(),
};

/** API keys. */
export const keysOperations = {
  listKeys: operation({
    method: "GET",
    path: "/api/keys",
    tag: "Keys",
    scope: "account",
    summary: "API keys",
  }),
  createKey: operation({
    method: "POST",
    path: "/api/keys",
    tag: "Keys",
    scope: "account",
    summary: "Make an API key with scopes that its maker has; its secret is in this answer alone",
    body: z.object({
      name: z.string().trim().min(1).max(100),
      scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
      ...options,
    }).meta({ id: "CreateKey" }),
    success: { status: 201 },
  }),
  updateKey: operation({
    method: "PATCH",
    path: "/api/keys/{id}",
    tag: "Keys",
    scope: "account",
    summary: "Change an API key's limits and options at once; what is absent is kept, 0 takes a limit away",
    body: z.object(options).meta({ id: "KeyPatch" }),
  }),
  rotateKey: operation({
    method: "POST",
    path: "/api/keys/{id}/rotate",
    tag: "Keys",
    scope: "account",
    summary:
      "Give an API key a new secret at once, which is in this answer alone; the old one is turned away",
  }),
  deleteKey: operation({
    method: "DELETE",
    path: "/api/keys/{id}",
    tag: "Keys",
    scope: "account",
    summary: "Revoke an API key at once",
    success: noContent,
  }),
} as const;
