import { z } from "zod";
import { settingsPatchSchema } from "../../access/mod.ts";
import { type UiSettings } from "../../shared/mod.ts";
import { operation } from "../http/operation.ts";

/** The settings of the interface. */
export const settingsOperations = {
  getSettings: operation({
    method: "GET",
    path: "/api/settings",
    tag: "Settings",
    scope: "account",
    summary: "The settings of the interface",
  }),
  updateSettings: operation({
    method: "PATCH",
    path: "/api/settings",
    tag: "Settings",
    scope: "account",
    summary: "Change settings",
    body: settingsPatchSchema as unknown as z.ZodType<Partial<UiSettings>>,
  }),
  resetSettings: operation({
    method: "DELETE",
    path: "/api/settings",
    tag: "Settings",
    scope: "account",
    summary: "Go back to the defaults",
  }),
} as const;
