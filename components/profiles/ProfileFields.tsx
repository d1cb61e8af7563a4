import { AVATAR_COLORS, type ErrorBody, type ProfileAvatar } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { TextField } from "../settings/TextField.tsx";

const NAME_MAX_CHARS = 60;
const AVATAR_MAX_UNITS = 40;

/** Name, initials and colour. It needs no script. */
export function ProfileFields({ t, prefix, name, avatar, problem }: {
  t: Translate;
  /** Where the page has several such forms. */
  prefix: string;
  name: string;
  avatar: ProfileAvatar;
  problem: ErrorBody | null;
}) {
  const problemOf = (field: string) => problem?.field?.startsWith(field) ? problem.message : undefined;
  return (
    <>
      <TextField
        id={`${prefix}-name`}
        name="name"
        label={t("profiles.name")}
        value={name}
        maxLength={NAME_MAX_CHARS}
        problem={problemOf("name")}
        required
        onInput={ignore}
      />
      <TextField
        id={`${prefix}-avatar`}
        name="avatar"
        label={t("profiles.avatar")}
        hint={t("profiles.avatar.hint")}
        value={avatar.text}
        maxLength={AVATAR_MAX_UNITS}
        problem={problemOf("avatar")}
        onInput={ignore}
      />
      <fieldset class="field">
        <legend class="field__label">{t("profiles.color")}</legend>
        <div class="avatar-colors">
          {AVATAR_COLORS.map((color) => (
            <label key={color} class={`avatar-color profile-avatar--${color}`}>
              <input type="radio" name="color" value={color} checked={color === avatar.color} />
              <span class="visually-hidden">{t(`profiles.color.${color}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </>
  );
}

/** The page has no script. */
function ignore(): void {}
