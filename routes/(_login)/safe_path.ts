/**
 * Where to go after the login: a path of this very origin, or the start page. What browsers take for another host (`//host`,
 * `/\host`, tabs within, `/.//host`) is none.
 */
export function safePath(to: string | null, { origin }: URL): string {
  if (to === null || !to.startsWith("/")) return "/";
  const url = URL.parse(to, origin);
  if (url?.origin !== origin || url.pathname.startsWith("//") || url.pathname === "/login") return "/";
  return url.pathname + url.search;
}
