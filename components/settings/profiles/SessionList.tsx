import { Fragment } from "preact";
import { formatDay, formatMoment } from "../../../lib/client/format.ts";
import type { LoginSession } from "../../../lib/shared/mod.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";
import { Icon } from "../../Icon.tsx";
import { EntryButton, EntryRow } from "../EntryRow.tsx";
import { browserOf } from "../../profiles/browser_name.ts";

/** The browsers that are logged in, with what logs them out. */
export function SessionList({ t, language, sessions, action }: {
  t: Translate;
  language: string;
  sessions: readonly LoginSession[];
  action: string;
}) {
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions" class="settings-title">{t("profile.sessions")}</h2>
      {sessions.length === 0
        ? <p class="settings-card settings-card--padded muted">{t("profile.sessions.none")}</p>
        : (
          <ul class="settings-card">
            {sessions.map((session) => (
              <SessionRow key={session.id} t={t} language={language} session={session} action={action} />
            ))}
          </ul>
        )}
      {sessions.some(({ isCurrent }) => !isCurrent) && (
        <form class="settings-form__buttons" method="post" action={action}>
          <button type="submit" class="button button--danger" name="intent" value="revoke-others">
            <Icon name="log-out" />
            {t("profile.sessions.revokeOthers")}
          </button>
        </form>
      )}
    </section>
  );
}

function SessionRow({ t, language, session, action }: {
  t: Translate;
  language: string;
  session: LoginSession;
  action: string;
}) {
  const { id, agent = "", address, createdAt, lastUsedAt, isCurrent } = session;
  const known = browserOf(agent);
  const browser = known ? t("profile.sessions.on", known) : agent || t("profile.sessions.unknown");
  const date = formatMoment(lastUsedAt, language);
  return (
    <EntryRow
      name={browser}
      marks={isCurrent && <span class="badge badge--accent">{t("profile.sessions.current")}</span>}
      facts={[
        <Fragment key="facts">
          <span>{t("profile.sessions.from", { address })}</span>
          <span>{t("profile.sessions.used", { date })}</span>
          <span>{t("profile.sessions.since", { date: formatDay(createdAt, language) })}</span>
        </Fragment>,
      ]}
      form={{ method: "post", action }}
      buttons={
        <>
          <input type="hidden" name="intent" value="revoke" />
          <EntryButton
            does="id"
            entryId={id}
            text={t("profile.sessions.revoke")}
            label={t("profile.sessions.revokeOne", { browser, date })}
            isDanger
          />
        </>
      }
    />
  );
}
