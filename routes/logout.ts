import { serialize } from "hono/utils/cookie";
import { TOKEN_COOKIE } from "../lib/access/mod.ts";
import { define } from "../lib/app/mod.ts";

/** Forgets the token in this browser. */
export const handler = define.handlers({
  POST(ctx) {
    const response = ctx.redirect("/login", 303);
    response.headers.append(
      "set-cookie",
      serialize(TOKEN_COOKIE, "", { path: "/", httpOnly: true, maxAge: 0 }),
    );
    return response;
  },
});
