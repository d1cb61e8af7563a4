import type { ComponentChildren } from "preact";
import { asset, Head } from "fresh/runtime";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";
import { Header } from "../layout/Header.tsx";
import { SectionNav } from "./SectionNav.tsx";
import type { SectionId } from "./sections.ts";

const STYLESHEETS = ["settings", "setting-rows", "model-servers", "access", "profiles", "transfer", "backup"];

/**
 * The frame of every page of the settings. Wide screens show the sections beside the open one; phones show either the list
 * (at `/settings`) or one section with a way back.
 */
export function SettingsFrame({ t, section, isList = false, back, children }: {
  t: Translate;
  section: SectionId;
  isList?: boolean;
  /** Where a page below a section leads back to. */
  back?: { href: string; label: string };
  children: ComponentChildren;
}) {
  return (
    <>
      <Head>
        {STYLESHEETS.map((name) => <link key={name} rel="stylesheet" href={asset(`/css/${name}.css`)} />)}
      </Head>
      <a class="skip-link" href={isList ? "#sections" : "#content"}>{t("skipToContent")}</a>
      <div
        class="app settings"
        data-sidebar="open"
        data-panel="closed"
        data-view={isList ? "list" : "section"}
      >
        <Header t={t} area="settings" />
        <main class="settings-body">
          <SectionNav t={t} section={section} isList={isList} />
          <div id="content" class="main settings-main" tabIndex={-1}>
            <div class="settings-page">
              <a
                class={back ? "settings-back settings-back--always" : "settings-back"}
                href={back?.href ?? "/settings"}
              >
                <Icon name="chevron-left" />
                {back?.label ?? t("settings.title")}
              </a>
              {children}
            </div>
          </div>
        </main>
      </div>
    </>
  );
}
