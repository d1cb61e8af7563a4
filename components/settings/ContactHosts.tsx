import { formatCount, formatDay, formatMoment, formatTime } from "../../lib/client/format.ts";
import type { ContactView } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

interface Shown {
  t: Translate;
  language: string;
  contacts: readonly ContactView[];
}

/** The hosts that were contacted, each with what for; the latest first. */
export function ContactHosts({ t, language, contacts }: Shown) {
  const hosts = Map.groupBy(contacts, ({ host }) => host);
  return (
    <ul class="contacts" aria-label={t("privacy.contacts")}>
      {[...hosts].map(([host, found]) => (
        <li key={host} class="settings-card settings-card--padded contact">
          <Host t={t} contact={found[0]} />
          <Features t={t} language={language} contacts={found} />
        </li>
      ))}
    </ul>
  );
}

function Host({ t, contact }: { t: Translate; contact: ContactView | undefined }) {
  if (!contact) return null;
  const { host, place, nodes, feature } = contact;
  const isNodes = feature !== "store" && feature !== "sandbox";
  return (
    <p class="contact__host">
      <code>{host}</code>
      <span class={place === "internet" ? "badge badge--warning" : "badge"}>
        {t(`privacy.place.${place}`)}
      </span>
      <span class="muted">{nodes.length > 0 ? nodes.join(", ") : isNodes && t("privacy.noNode")}</span>
    </p>
  );
}

function Features({ t, language, contacts }: Shown) {
  return (
    <table class="contact__features">
      <thead>
        <tr>
          <th scope="col">{t("privacy.feature")}</th>
          <th scope="col">{t("privacy.first")}</th>
          <th scope="col">{t("privacy.last")}</th>
          <th scope="col" class="contact__count">{t("privacy.count")}</th>
        </tr>
      </thead>
      <tbody>
        {contacts.map(({ feature, firstAt, lastAt, count }) => (
          <tr key={feature}>
            <th scope="row">{t(`privacy.feature.${feature}`)}</th>
            {[firstAt, lastAt].map((at, i) => (
              <td key={i}>
                <time dateTime={new Date(at).toISOString()} title={formatMoment(at, language)}>
                  {formatDay(at, language)} {formatTime(at, language)}
                </time>
              </td>
            ))}
            <td class="contact__count">{formatCount(count, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
