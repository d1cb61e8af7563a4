import { z } from "zod";
import { SCOPES } from "../../access/mod.ts";
import { operation } from "../http/operation.ts";
import { noContent } from "./common.ts";

const limitSchema = z.int().min(0).max(1_000_000_000);

/** 0 and absent are unlimited. */
const limits = {
  requestsPerMinute: limitSchema.exactOptional(),
  tokensPerMinute: limitSchema.exactOptional(),
};

/** API keys. */
export const keysOperations = {
  listKeys: operation({ method: "GET", path: "/api/keys", tag: "Keys", scope: "admin", summary: "API keys" }),
  createKey: operation({
    method: "POST",
    path: "/api/keys",
    tag: "Keys",
    scope: "admin",
    summary: "Make an API key; its secret is in this answer alone",
    body: z.object({
      name: z.string().trim().min(1).max(100),
      scopes: z.array(z.enum(SCOPES)).min(1),
      ...limits,
    }).meta({ id: "CreateKey" }),
    success: { status: 201 },
  }),
  updateKey: operation({
    method: "PATCH",
    path: "/api/keys/{id}",
    tag: "Keys",
    scope: "admin",
    summary: "Change an API key's limits at once; an absent one is kept, 0 takes it away",
    body: z.object(limits).meta({ id: "KeyPatch" }),
  }),
  deleteKey: operation({
    method: "DELETE",
    path: "/api/keys/{id}",
    tag: "Keys",
    scope: "admin",
    summary: "Revoke an API key at once",
    success: noContent,
  }),
} as const;
