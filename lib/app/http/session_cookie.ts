import { serialize } from "hono/utils/cookie";
import { OLD_SESSION_COOKIE, SESSION_MS, sessionSecretsIn } from "../../access/mod.ts";
import type { State } from "../state.ts";

type Asked = Pick<State, "source"> & { services: { sessions: { cookieName: string } } };

/** Keeps a session in the browser: for this server alone, and out of scripts' reach. */
export function keepSession(response: Response, secret: string, { source, services }: Asked): void {
  const cookie = serialize(services.sessions.cookieName, secret, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: source.isSecure,
    maxAge: SESSION_MS / 1_000,
  });
  response.headers.append("set-cookie", cookie);
}

/** Takes the session out of the browser; the cookie of before, which others on this host may share, only where it was that one. */
export function endSession(
  response: Response,
  { headers }: Request,
  { services }: Pick<Asked, "services">,
): void {
  const { cookieName } = services.sessions;
  const isOld = sessionSecretsIn(headers, cookieName).length > 0 &&
    !headers.get("cookie")?.includes(`${cookieName}=`);
  for (const name of isOld ? [cookieName, OLD_SESSION_COOKIE] : [cookieName]) {
    response.headers.append("set-cookie", serialize(name, "", { path: "/", httpOnly: true, maxAge: 0 }));
  }
}
