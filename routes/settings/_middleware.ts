import { HttpError } from "fresh";
import { SECTIONS } from "../../components/settings/sections.ts";
import { requireScope } from "../../lib/access/mod.ts";
import { define } from "../../lib/app/mod.ts";
import { FreshetError } from "../../lib/shared/mod.ts";

/** Own settings are for everybody, the house's for administrators; so is every section that does not say otherwise. */
export default define.middleware(async (ctx) => {
  try {
    const [, name = ""] = ctx.url.pathname.split("/").filter(Boolean);
    const section = SECTIONS.find(({ id }) => id === name);
    requireScope(ctx.state.principal, name === "" ? "account" : section?.scope ?? "admin");
    return await ctx.next();
  } catch (error) {
    if (error instanceof FreshetError) throw new HttpError(error.status as 400, error.message);
    throw error;
  }
});
