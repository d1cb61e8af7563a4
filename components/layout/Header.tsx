import type { ComponentChildren } from "preact";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";
import { Logo } from "../Logo.tsx";
import { AREAS } from "./areas.ts";

/** The header of every page: the brand, the areas, and the tools of the page at its end. */
export function Header({ t, area, start, children }: {
  t: Translate;
  /** The area that the page belongs to. */
  area: string;
  start?: ComponentChildren;
  children?: ComponentChildren;
}) {
  return (
    <header class="header" data-part="header">
      {start}
      <a class="header__brand" href="/" aria-label={t("app.name")}>
        <Logo class="header__logo" />
        <span>{t("app.name")}</span>
      </a>
      <nav class="header__areas" aria-label={t("areas")}>
        {AREAS.map(({ id, path, label, icon }) => (
          <a key={id} class="header__area" href={path} aria-label={t(label)} {...current(id === area)}>
            <Icon name={icon} />
            <span>{t(label)}</span>
          </a>
        ))}
      </nav>
      <div class="header__tools">{children}</div>
    </header>
  );
}

function current(is: boolean): { "aria-current"?: "page" } {
  return is ? { "aria-current": "page" } : {};
}
