import { createDefine } from "fresh";
import type { Principal } from "../access/mod.ts";
import type { Translate } from "../shared/texts/mod.ts";
import type { UiSettings } from "../shared/mod.ts";
import type { Services } from "./services.ts";

/** What every request carries. */
export interface State {
  services: Services;
  principal: Principal;
  settings: UiSettings;
  /** "en" or "de". */
  language: string;
  t: Translate;
  /** Of the page; set by its handler. */
  title?: string;
}

/** Typed helpers for routes, layouts and middlewares. */
export const define = createDefine<State>();
