import { z } from "zod";
import { SCOPES } from "../../access/mod.ts";
import { operation } from "../http/operation.ts";
import { noContent } from "./common.ts";

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
    }).meta({ id: "CreateKey" }),
    success: { status: 201 },
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
