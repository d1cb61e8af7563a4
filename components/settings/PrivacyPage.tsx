import { formatBytes } from "../../lib/client/format.ts";
import { CONTACTS_KEPT_DAYS, type ContactView } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { ConfirmDialog } from "../ConfirmDialog.tsx";
import { Icon } from "../Icon.tsx";
import { ContactHosts } from "./ContactHosts.tsx";
import { Notice } from "./Notice.tsx";
import { SectionHeader } from "./SectionHeader.tsx";

/** The periods to choose from, in days. */
export const PRIVACY_PERIODS = [1, 7, 30, 90] as const;

/** What the page is rendered from. */
export interface PrivacyData {
  /** Where the data is, or null where it is in memory only. */
  folder: string | null;
  /** The host of a database elsewhere. */
  database: string | null;
  size: { bytes: number; isMore: boolean } | null;
  contacts: ContactView[];
  days: (typeof PRIVACY_PERIODS)[number];
  /** The variables of the environment that name a proxy. */
  proxies: string[];
  /** Whether models are searched for online where somebody asks for it. */
  searches: boolean;
  confirming: boolean;
  cleared: boolean;
}

/** What is kept, that nothing else is sent, and whom the server has contacted. It needs no script. */
export function PrivacyPage({ t, language, data }: { t: Translate; language: string; data: PrivacyData }) {
  const here = `/settings/privacy?days=${data.days}`;
  const file = (format: string) => `/api/privacy/contacts?days=${data.days}&format=${format}`;
  return (
    <>
      <SectionHeader title={t("settings.privacy")} about={t("privacy.intro")} />
      {data.cleared && <Notice kind="success">{t("privacy.cleared")}</Notice>}
      <h2 class="settings-title">{t("privacy.kept")}</h2>
      <Kept t={t} language={language} data={data} />
      <h2 class="settings-title">{t("privacy.sent")}</h2>
      <ul class="settings-card settings-card--padded privacy-points">
        {(["nodes", "else", "none", "browser", "first"] as const).map((point) => (
          <li key={point}>{t(`privacy.sent.${point}`)}</li>
        ))}
        {data.searches && <li>{t("privacy.sent.search")}</li>}
        {data.proxies.length > 0 && <li>{t("privacy.sent.proxy", { names: data.proxies.join(", ") })}</li>}
      </ul>
      <h2 class="settings-title">{t("privacy.contacts")}</h2>
      <p class="muted settings-text">{t("privacy.contacts.text", { days: CONTACTS_KEPT_DAYS })}</p>
      <nav class="button-row" aria-label={t("privacy.period")}>
        {PRIVACY_PERIODS.map((days) => (
          <a
            key={days}
            class={days === data.days ? "button button--small button--primary" : "button button--small"}
            href={`/settings/privacy?days=${days}`}
            {...(days === data.days ? { "aria-current": "true" } : {})}
          >
            {t(`privacy.days.${days}`)}
          </a>
        ))}
      </nav>
      {data.contacts.length === 0
        ? <p class="settings-card settings-card--padded muted">{t("privacy.none")}</p>
        : <ContactHosts t={t} language={language} contacts={data.contacts} />}
      <div class="button-row">
        {(["csv", "json"] as const).map((format) => (
          <a key={format} class="button" href={file(format)} download>
            <Icon name="download" />
            {t(`privacy.${format}`)}
          </a>
        ))}
        <a class="button button--danger" href={`${here}&ask=clear`}>
          <Icon name="trash-2" />
          {t("privacy.clear")}
        </a>
      </div>
      {data.confirming && (
        <ConfirmDialog
          title={t("privacy.clear.title")}
          text={t("privacy.clear.text")}
          confirm={t("privacy.clear")}
          cancel={t("cancel")}
          cancelHref={here}
          action="/settings/privacy"
          fields={{ intent: "clear" }}
          onConfirm={() => {}}
          onCancel={() => {}}
        />
      )}
    </>
  );
}

function Kept({ t, language, data }: { t: Translate; language: string; data: PrivacyData }) {
  const { folder, database, size } = data;
  const bytes = size && formatBytes(size.bytes, language);
  return (
    <>
      <p class="muted settings-text">{t("privacy.kept.text")}</p>
      <dl class="settings-card facts">
        {database !== null && <Fact label={t("about.database")} value={database} isCode />}
        <Fact label={t("about.data")} value={folder ?? t("privacy.memory")} isCode={folder !== null} />
        {size && bytes && (
          <Fact
            label={t("privacy.size")}
            value={size.isMore ? t("privacy.size.over", { size: bytes }) : bytes}
          />
        )}
      </dl>
    </>
  );
}

function Fact({ label, value, isCode = false }: { label: string; value: string; isCode?: boolean }) {
  return (
    <div class="facts__row">
      <dt>{label}</dt>
      <dd>{isCode ? <code>{value}</code> : value}</dd>
    </div>
  );
}
