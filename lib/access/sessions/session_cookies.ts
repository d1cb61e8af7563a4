/** What the cookie was called when all Freshets on one host name shared it. A session that is in one goes on. */
export const OLD_SESSION_COOKIE = "freshet_session";

/** The cookie that a browser keeps after it has logged in. Cookies know no ports: each Freshet on a host name needs a name of its own. */
export function sessionCookieName(instanceId: string): string {
  return `freshet_${instanceId}_session`;
}

/** Whether a cookie of this name holds a session of some Freshet. */
export function isSessionCookie(name: string): boolean {
  return /^freshet_([a-z0-9]+_)?session$/.test(name);
}

/** What a request shows as sessions of ours: under the own name first, then under the one of before. */
export function sessionSecretsIn(headers: Headers, cookieName: string): string[] {
  const cookies = (headers.get("cookie") ?? "").split(";").map((part) => part.trim().split(/=(.*)/s));
  return [cookieName, OLD_SESSION_COOKIE].flatMap((wanted) =>
    cookies.flatMap(([name, value = ""]) => name === wanted ? [value] : [])
  ).slice(0, 2);
}
