import type { Profile, ProfileRole } from "../../shared/mod.ts";
import { recordType } from "../../store/mod.ts";
import { LOCAL_PROFILE } from "../principal.ts";

/** A profile as kept. */
export interface ProfileRecord extends Omit<Profile, "hasPassword"> {
  /** By scrypt, with its salt and cost. */
  passwordHash?: string;
}

/** How profiles are stored. */
export const PROFILE = recordType<ProfileRecord>("profile");

/** The profile that is there before anybody has made one. */
export function firstProfile(now: number): ProfileRecord {
  return {
    id: LOCAL_PROFILE,
    name: "Me",
    avatar: { text: "", color: "teal" },
    role: "administrator",
    createdAt: now,
  };
}

/** What may be seen of a profile. */
export function viewOf({ passwordHash, ...profile }: ProfileRecord): Profile {
  return { ...profile, hasPassword: passwordHash !== undefined };
}

/** Administrators first, then by name. */
export function byRoleAndName(a: ProfileRecord, b: ProfileRecord): number {
  const rank = ({ id, role }: { id: string; role: ProfileRole }) =>
    id === LOCAL_PROFILE ? 0 : role === "administrator" ? 1 : 2;
  return rank(a) - rank(b) || a.name.localeCompare(b.name) || a.createdAt - b.createdAt;
}
