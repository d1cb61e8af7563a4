import { HttpError } from "fresh";
import { requireScope } from "../../lib/access/mod.ts";
import { define } from "../../lib/app/mod.ts";
import { FreshetError } from "../../lib/shared/mod.ts";

/** The settings are for who may change everything: an API key needs the scope for it here as at the API. */
export default define.middleware(async (ctx) => {
  try {
    requireScope(ctx.state.principal, "admin");
    return await ctx.next();
  } catch (error) {
    if (error instanceof FreshetError) throw new HttpError(error.status as 400, error.message);
    throw error;
  }
});
