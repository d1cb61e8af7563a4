import type { ComponentChildren } from "preact";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";
import { Logo } from "../Logo.tsx";
import { type Area, AREAS } from "./areas.ts";
import { ProfileMenu } from "./ProfileMenu.tsx";
import { useVisitor } from "./visitor.ts";

/** Stands at the end of the areas, after "More". */
const LAST = "settings";

/** The header of every page: the brand, the areas, and the tools of the page at its end. */
export function Header({ t, area, start, children }: {
  t: Translate;
  /** The area that the page belongs to. */
  area: string;
  start?: ComponentChildren;
  children?: ComponentChildren;
}) {
  const areas = useAreas();
  return (
    <header class="header" data-part="header">
      {start}
      <a class="header__brand" href="/" aria-label={t("app.name")}>
        <Logo class="header__logo" />
        <span>{t("app.name")}</span>
      </a>
      <nav class="header__areas" aria-label={t("areas")}>
        {areas.filter(({ id }) => id !== LAST).map((each) => (
          <AreaLink
            key={each.id}
            {...{ t, area, each }}
          />
        ))}
        <MoreAreas t={t} area={area} areas={areas} />
        {areas.filter(({ id }) => id === LAST).map((each) => (
          <AreaLink
            key={each.id}
            {...{ t, area, each }}
          />
        ))}
      </nav>
      <div class="header__tools">
        {children}
        <ProfileMenu />
      </div>
    </header>
  );
}

/** The areas that are switched on and that the visitor may use; all where nobody is known. */
function useAreas(): readonly Area[] {
  const visitor = useVisitor();
  if (!visitor) return AREAS;
  const { scopes, features } = visitor;
  return AREAS.filter(({ scope, feature }) => scopes.has(scope) && (!feature || features[feature]));
}

interface AreaProps {
  t: Translate;
  area: string;
  each: Area;
}

function AreaLink({ t, area, each: { id, path, label, icon, rank } }: AreaProps) {
  return (
    <a
      class={`header__area header__area--rank-${rank}`}
      href={path}
      aria-label={t(label)}
      {...current(id === area)}
    >
      <Icon name={icon} />
      <span>{t(label)}</span>
    </a>
  );
}

/** The areas that have no place of their own at the page's width. A popover, which opens and closes without a script. */
function MoreAreas({ t, area, areas }: { t: Translate; area: string; areas: readonly Area[] }) {
  const more = areas.filter(({ rank }) => rank > 1);
  const here = more.find(({ id }) => id === area);
  return (
    <>
      <button
        type="button"
        class={`header__area header__more${here ? ` header__more--here-${here.rank}` : ""}`}
        popovertarget="more-areas"
        aria-label={t("areas.more")}
      >
        <Icon name="ellipsis" />
        <span>{t("areas.more")}</span>
      </button>
      <div id="more-areas" class="popover header__menu" popover="auto">
        {more.map(({ id, path, label, icon, rank }) => (
          <a key={id} class={`menu__item header__item--rank-${rank}`} href={path} {...current(id === area)}>
            <Icon name={icon} />
            {t(label)}
          </a>
        ))}
      </div>
    </>
  );
}

function current(is: boolean): { "aria-current"?: "page" } {
  return is ? { "aria-current": "page" } : {};
}
