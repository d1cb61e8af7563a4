/** The first profile, under which stands what belongs to everybody. */
export const HOUSE_PROFILE = "local";

/** What a profile may do: an administrator everything, a member what concerns nobody else. */
export type ProfileRole = "administrator" | "member";

/** The colours that avatars have, as static/css/profiles.css names them. */
export const AVATAR_COLORS = ["teal", "blue", "violet", "pink", "red", "amber", "green", "slate"] as const;

/** One of `AVATAR_COLORS`. */
export type AvatarColor = (typeof AVATAR_COLORS)[number];

/** Initials or an emoji on a colour. */
export interface ProfileAvatar {
  /** One or two characters as people count them; "" for the first letters of the name. */
  text: string;
  color: AvatarColor;
}

/** Somebody with chats, settings and keys of their own. */
export interface Profile {
  id: string;
  name: string;
  avatar: ProfileAvatar;
  role: ProfileRole;
  hasPassword: boolean;
  /** ms since 1970. */
  createdAt: number;
}

/** What a person may choose for a profile. */
export interface ProfileFields {
  name: string;
  avatar: ProfileAvatar;
  role: ProfileRole;
  /** null takes the password away. */
  password: string | null;
}

/** A browser that is logged in. */
export interface LoginSession {
  id: string;
  /** ms since 1970; right to the minute. */
  lastUsedAt: number;
  createdAt: number;
  expiresAt: number;
  /** The browser, in its own words. */
  agent?: string;
  /** The address that it logged in from: "192.168.1.7". */
  address: string;
  /** Whether it is the one that asks. */
  isCurrent: boolean;
}

/** Characters as people count them: a flag is one. */
export function characterCount(text: string): number {
  return characters(text).length;
}

/** What an avatar shows: its text, or the first letters of the first two words of the name. */
export function avatarText({ name, avatar }: Pick<Profile, "name" | "avatar">): string {
  if (avatar.text !== "") return avatar.text;
  const words = name.trim().split(/\s+/).slice(0, 2);
  return words.map((word) => characters(word)[0] ?? "").join("").toUpperCase();
}

function characters(text: string): string[] {
  return [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)].map(({ segment }) =>
    segment
  );
}
