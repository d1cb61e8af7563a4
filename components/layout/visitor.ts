import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Features, Profile } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

/** Who looks at the page, as its frame shows it. */
export interface Visitor {
  /** With all texts: a page's own may lack those of the frame. */
  t: Translate;
  profile: Profile;
  /** What the profile may do: `chat`, `admin`, … */
  scopes: ReadonlySet<string>;
  /** What is switched on. */
  features: Features;
  /** Whether the browser is logged in, so that it can log out. */
  canLogOut: boolean;
  /** Whether there are other profiles to change to. */
  canSwitch: boolean;
}

/** Given around every page by the server; islands never see it. */
export const VisitorContext = createContext<Visitor | null>(null);

/** Who looks at the page; null at the login and on error pages. */
export function useVisitor(): Visitor | null {
  return useContext(VisitorContext);
}
