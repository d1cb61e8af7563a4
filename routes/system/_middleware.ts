import { HttpError } from "fresh";
import { requireScope } from "../../lib/access/mod.ts";
import { define } from "../../lib/app/mod.ts";
import { FreshetError } from "../../lib/shared/mod.ts";

/** The machine and the log are for who may change everything, here as at the API, and for nobody where they are switched off. */
export default define.middleware(async (ctx) => {
  const { services, principal } = ctx.state;
  if (!services.config.features.system) throw new HttpError(404);
  try {
    requireScope(principal, "admin");
    return await ctx.next();
  } catch (error) {
    if (error instanceof FreshetError) throw new HttpError(error.status as 400, error.message);
    throw error;
  }
});
