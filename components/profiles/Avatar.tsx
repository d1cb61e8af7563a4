import { avatarText, type Profile } from "../../lib/shared/mod.ts";

/** Initials or an emoji on the profile's colour. The name stands beside it. */
export function Avatar({ profile, size = "small" }: {
  profile: Pick<Profile, "name" | "avatar">;
  size?: "small" | "large";
}) {
  return (
    <span
      class={`profile-avatar profile-avatar--${size} profile-avatar--${profile.avatar.color}`}
      aria-hidden="true"
    >
      {avatarText(profile)}
    </span>
  );
}
