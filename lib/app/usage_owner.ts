import { FreshetError } from "../shared/mod.ts";
import { type Principal, requireScope, type Scope } from "../access/mod.ts";
import type { Services } from "./services.ts";

const FIGURES: ReadonlySet<Scope> = new Set(["usage"]);

/**
 * In whose name usage is looked at: the own, or for administrators that of another profile, of which they see figures and no
 * titles. Throws `forbidden` and `not_found`.
 */
export async function usageOwner(
  { profiles }: Pick<Services, "profiles">,
  principal: Principal,
  profileId = "",
): Promise<Principal> {
  if (profileId === "" || profileId === principal.profileId) return principal;
  requireScope(principal, "admin");
  if (await profiles.find(profileId)) return { profileId, type: "person", scopes: FIGURES };
  throw new FreshetError("not_found", "There is no such profile", { field: "profile" });
}
