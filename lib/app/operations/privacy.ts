import { z } from "zod";
import { CONTACTS_KEPT_DAYS } from "../../shared/mod.ts";
import { operation, queryOf } from "../http/operation.ts";
import { noContent } from "./common.ts";

const common = { tag: "Privacy", scope: "admin", path: "/api/privacy/contacts" } as const;

/** What this server has contacted. */
export const privacyOperations = {
  contacts: operation({
    ...common,
    method: "GET",
    summary: "Which hosts this server has contacted, when and for which feature; with `format`, as a file",
    query: queryOf({
      days: z.coerce.number().int().min(1).max(CONTACTS_KEPT_DAYS).default(CONTACTS_KEPT_DAYS),
      format: z.enum(["json", "csv"]).exactOptional(),
    }),
  }),
  clearContacts: operation({
    ...common,
    method: "DELETE",
    summary: "Forget which hosts were contacted",
    success: noContent,
  }),
} as const;
