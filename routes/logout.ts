import { define, endSession } from "../lib/app/mod.ts";
import { FreshetError } from "../lib/shared/mod.ts";

/** Ends the browser's session, with what is open in it. */
export const handler = define.handlers({
  async POST(ctx) {
    const { services, principal } = ctx.state;
    if (principal.sessionId !== undefined) {
      await services.sessions.revoke(principal, principal.sessionId).catch((error) => {
        // It was revoked from elsewhere meanwhile.
        if (!(error instanceof FreshetError && error.code === "not_found")) throw error;
      });
    }
    const response = ctx.redirect("/login?switch", 303);
    endSession(response, ctx.req, ctx.state);
    return response;
  },
});
