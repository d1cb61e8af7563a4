import { z } from "zod";
import { AVATAR_COLORS, characterCount } from "../../shared/mod.ts";

const AVATAR_CHARS = 2;
const name = z.string().trim().min(1).max(60);
const avatar = z.strictObject({
  text: z.string().trim().max(40).refine((text) => characterCount(text) <= AVATAR_CHARS, {
    message: `An avatar has ${AVATAR_CHARS} characters at most`,
  }),
  color: z.enum(AVATAR_COLORS),
});
const role = z.enum(["administrator", "member"]);
/** The length is checked where it is hashed. */
const password = z.string().max(1_000);

/** A new profile. */
export const newProfileSchema = z.object({
  name,
  avatar: avatar.exactOptional(),
  role: role.default("member"),
  password: password.nullable().default(null),
}).meta({ id: "CreateProfile" });

/** What an administrator may change of a profile; what is absent stays. */
export const profilePatchSchema = z.object({
  name: name.exactOptional(),
  avatar: avatar.exactOptional(),
  role: role.exactOptional(),
  password: password.nullable().exactOptional().meta({ description: "null takes it away" }),
}).meta({ id: "ProfilePatch" });

/** What everybody may change of the own profile. */
export const ownProfilePatchSchema = z.object({
  name: name.exactOptional(),
  avatar: avatar.exactOptional(),
  password: password.nullable().exactOptional().meta({ description: "null takes it away" }),
  oldPassword: password.exactOptional().meta({ description: "Needed to change a password there is" }),
}).meta({ id: "OwnProfilePatch" });
