import { createDefine } from "fresh";
import type { Principal, Source } from "../access/mod.ts";
import type { Translate } from "../shared/texts/mod.ts";
import type { Profile, UiSettings } from "../shared/mod.ts";
import type { Services } from "./services.ts";

/** What every request carries. */
export interface State {
  services: Services;
  principal: Principal;
  /** Where the request comes from. */
  source: Source;
  /** Whose page it is; absent at the login. */
  profile?: Profile;
  /** Whether there are other profiles. */
  canSwitch?: boolean;
  settings: UiSettings;
  /** "en" or "de". */
  language: string;
  t: Translate;
  /** Of the page; set by its handler. */
  title?: string;
}

/** Typed helpers for routes, layouts and middlewares. */
export const define = createDefine<State>();
