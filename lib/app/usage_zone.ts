import { parse } from "hono/utils/cookie";
import { FreshetError, ZONE_COOKIE } from "../shared/mod.ts";
import { machineZone, Zone } from "../analytics/mod.ts";

/** The zone whose calendar is meant where a request names none: the one that its browser has told, or this machine's. */
export function zoneOf({ headers }: Pick<Request, "headers">): string {
  const told = parse(headers.get("cookie") ?? "", ZONE_COOKIE)[ZONE_COOKIE];
  return told && isZone(told) ? told : machineZone();
}

function isZone(name: string): boolean {
  try {
    return new Zone(name).name === name;
  } catch (error) {
    if (error instanceof FreshetError) return false;
    throw error;
  }
}
