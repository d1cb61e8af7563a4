import { FreshetError } from "../shared/mod.ts";
import { isLoopbackName, type Principal } from "../access/mod.ts";

/** Who asks for something of terminals, and from where. */
export interface Visitor {
  principal: Principal;
  /** The address of the other side: "127.0.0.1". */
  from: string;
  /** The name under which this Freshet was asked for, without a port. */
  host: string;
  /** The browser, in its own words. */
  agent?: string;
}

/**
 * Why a visitor may have no terminal, or undefined where they may: a terminal is for an administrator in person, never for an
 * API key, and for who has not proven who they are (by a password or the token) only from this machine by its own name.
 */
export function refusalOf({ principal, from, host }: Visitor): FreshetError | undefined {
  if (principal.type !== "person") {
    return new FreshetError("forbidden", "Terminals are for people: no API key opens one");
  }
  if (!principal.scopes.has("admin")) {
    return new FreshetError("forbidden", "Terminals are for administrators");
  }
  if (principal.isProven || (isLoopbackName(from) && isLoopbackName(host))) return undefined;
  return new FreshetError("forbidden", "Without a login, terminals are only for this machine", {
    hint: "Log in with a password or the token to use them from elsewhere",
  });
}
