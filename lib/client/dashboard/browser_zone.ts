import { ZONE_COOKIE } from "../../shared/mod.ts";

const KEPT_SECONDS = 365 * 86_400;

/** The parts of a browser's page that are needed. */
export interface ZonePage {
  cookie: string;
  reload(): void;
}

/**
 * Tells the server in whose calendar days are counted. The first time that this is another one than the page was made with
 * (`used`), and no other was asked for (`isChosen`), the page is loaded again.
 */
export function tellZone(page: ZonePage, zone: string, { used, isChosen }: {
  used: string;
  isChosen: boolean;
}): void {
  const cookie = `${ZONE_COOKIE}=${encodeURIComponent(zone)}`;
  const isTold = () => page.cookie.split("; ").includes(cookie);
  if (isTold()) return;
  page.cookie = `${cookie}; path=/; max-age=${KEPT_SECONDS}; samesite=lax`;
  // Where no cookie is taken, it would be loaded again and again.
  if (!isChosen && used !== zone && isTold()) page.reload();
}
