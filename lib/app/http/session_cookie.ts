import { serialize } from "hono/utils/cookie";
import { SESSION_COOKIE, SESSION_MS } from "../../access/mod.ts";

/** The header that keeps a session in the browser: for this server alone, and out of scripts' reach. */
export function sessionCookie(secret: string, { protocol }: URL): string {
  return serialize(SESSION_COOKIE, secret, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: protocol === "https:",
    maxAge: SESSION_MS / 1_000,
  });
}

/** The header that takes it out of the browser. */
export function endedCookie(): string {
  return serialize(SESSION_COOKIE, "", { path: "/", httpOnly: true, maxAge: 0 });
}
