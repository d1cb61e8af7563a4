import { formatDay } from "../../../lib/client/format.ts";
import { type ErrorBody, HOUSE_PROFILE, type Profile } from "../../../lib/shared/mod.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";
import { AskButton } from "../../AskButton.tsx";
import { ConfirmDialog } from "../../ConfirmDialog.tsx";
import { Icon } from "../../Icon.tsx";
import { Avatar } from "../../profiles/Avatar.tsx";
import { Notice } from "../Notice.tsx";
import { SectionHeader } from "../SectionHeader.tsx";
import { ProfileEditor } from "./ProfileEditor.tsx";
import { NewProfileForm } from "./NewProfileForm.tsx";

/** What the page of all profiles is rendered from. */
export interface ProfilesData {
  profiles: Profile[];
  /** Who asks. */
  ownId: string;
  /** The profile that is being changed, or that is asked about before it is deleted. */
  editingId: string | null;
  deletingId: string | null;
  /** What was just done. */
  done: string | null;
  problem: ErrorBody | null;
  /** The administrator as whom whoever is at the machine gets in without a password. */
  unguarded: Profile | null;
  /** Makes a form that is sent twice harmless. */
  newKey: string;
}

/** Everybody who uses this Freshet. It needs no script. */
export function ProfilesPage({ t, language, data }: { t: Translate; language: string; data: ProfilesData }) {
  const { profiles, editingId, deletingId, done, problem, unguarded } = data;
  const deleting = profiles.find(({ id }) => id === deletingId);
  return (
    <>
      <SectionHeader title={t("settings.profiles")} about={t("profiles.intro")} />
      {done && <Notice kind="success">{done}</Notice>}
      {problem && <Notice kind="error">{problem.message}</Notice>}
      {unguarded && (
        <Notice kind="warning">
          {unguarded.id === HOUSE_PROFILE
            ? t("profiles.open")
            : t("profiles.openOther", { name: unguarded.name })}
        </Notice>
      )}
      <section aria-labelledby="all-profiles">
        <h2 id="all-profiles" class="settings-title">{t("profiles.list")}</h2>
        <ul class="settings-card">
          {profiles.map((profile) => (
            <li key={profile.id} class="key">
              <ProfileRow t={t} language={language} profile={profile} isOwn={profile.id === data.ownId} />
              {profile.id === editingId && (
                <ProfileEditor t={t} profile={profile} isOwn={profile.id === data.ownId} problem={problem} />
              )}
            </li>
          ))}
        </ul>
      </section>
      <NewProfileForm t={t} idempotencyKey={data.newKey} problem={editingId === null ? problem : null} />
      {deleting && (
        <ConfirmDialog
          title={t("profiles.delete.title", { name: deleting.name })}
          text={t("profiles.delete.text")}
          confirm={t("profiles.delete.yes")}
          cancel={t("cancel")}
          cancelHref="/settings/profiles"
          action="/settings/profiles"
          fields={{ intent: "delete", id: deleting.id }}
          onConfirm={ignore}
          onCancel={ignore}
        />
      )}
    </>
  );
}

function ProfileRow({ t, language, profile, isOwn }: {
  t: Translate;
  language: string;
  profile: Profile;
  isOwn: boolean;
}) {
  const { id, name, role, hasPassword, createdAt } = profile;
  return (
    <>
      <Avatar profile={profile} size="large" />
      <div class="key__text">
        <p class="key__name">
          <strong>{name}</strong>
          {isOwn && <span class="muted">{t("profiles.you")}</span>}
        </p>
        <p class="key__facts">
          <span>{t(`profile.role.${role}`)}</span>
          <span>{t(hasPassword ? "profiles.password" : "profiles.noPassword")}</span>
          <span>{t("profiles.made", { date: formatDay(createdAt, language) })}</span>
        </p>
      </div>
      <div class="key__buttons">
        <form method="get" action="/settings/profiles">
          <button
            type="submit"
            class="button button--small"
            name="edit"
            value={id}
            aria-label={t("profiles.editOne", { name })}
          >
            <Icon name="pencil" />
            {t("profiles.edit")}
          </button>
        </form>
        {id !== HOUSE_PROFILE && !isOwn && (
          <AskButton
            action="/settings/profiles"
            name="delete"
            value={id}
            text={t("profiles.delete")}
            label={t("profiles.deleteOne", { name })}
          />
        )}
      </div>
    </>
  );
}

/** The page has no script. */
function ignore(): void {}
