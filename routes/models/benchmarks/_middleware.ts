import { HttpError } from "fresh";
import { requireScope } from "../../../lib/access/mod.ts";
import { define, requireFeature } from "../../../lib/app/mod.ts";
import { FreshetError } from "../../../lib/shared/mod.ts";

/** As at the API: who may not see the models does not see how they do, and a switched-off feature has no pages. */
export default define.middleware(async (ctx) => {
  try {
    requireFeature(ctx.state.services, "models");
    requireScope(ctx.state.principal, "models");
  } catch (error) {
    if (error instanceof FreshetError) throw new HttpError(error.status as 404, error.message);
    throw error;
  }
  return await ctx.next();
});
