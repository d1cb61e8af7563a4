import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";
import { useVisitor } from "../layout/visitor.ts";
import { type Section, type SectionId, SECTIONS } from "./sections.ts";

/** The list of sections: beside the open one, or on phones a page of its own. */
export function SectionNav({ t, section, isList }: {
  t: Translate;
  section: SectionId;
  isList: boolean;
}) {
  const title = t("settings.title");
  const visitor = useVisitor();
  const mayUse = ({ scope }: Section) => visitor === null || visitor.scopes.has(scope);
  return (
    <nav id="sections" class="settings-nav" aria-label={t("settings.sections")} tabIndex={-1}>
      {isList
        ? <h1 class="settings-nav__title">{title}</h1>
        : <p class="settings-nav__title" aria-hidden="true">{title}</p>}
      <ul class="settings-nav__list">
        {SECTIONS.filter(mayUse).map(({ id, icon, label, about }) => (
          <li key={id}>
            <a
              class="settings-nav__item"
              href={`/settings/${id}`}
              {...(id === section ? { "aria-current": isList ? "true" : "page" } : {})}
            >
              <Icon name={icon} />
              <span class="settings-nav__text">
                {t(label)}
                <span class="settings-nav__about">{t(about)}</span>
              </span>
              <Icon name="chevron-right" class="settings-nav__chevron" />
            </a>
          </li>
        ))}
      </ul>
      {visitor?.canLogOut && (
        <form class="settings-nav__foot" method="post" action="/logout">
          <button type="submit" class="button button--quiet">
            <Icon name="log-out" />
            {t("settings.logOut")}
          </button>
        </form>
      )}
    </nav>
  );
}
