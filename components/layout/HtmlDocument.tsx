import type { ComponentChildren } from "preact";
import { asset } from "fresh/runtime";
import { appearanceAttributes, appearanceSizes } from "../../lib/client/appearance.ts";
import type { UiSettings } from "../../lib/shared/mod.ts";
import { isLanguage, translator } from "../../lib/shared/texts/mod.ts";
import { fontFaces, MAIN_FONT } from "./fonts.ts";

const STYLESHEETS = [
  "tokens",
  "base",
  "controls",
  "layout",
  "chat",
  "prose",
  "composer",
  "panels",
  "overlays",
];

/** The document around every page, in the person's appearance from the first paint on. */
export function HtmlDocument({ settings, language, title, profileId, children }: {
  settings: UiSettings;
  language: string;
  title: string;
  /** Whose page it is, where it is not the first profile's: for what the browser keeps. */
  profileId?: string | undefined;
  children: ComponentChildren;
}) {
  const t = translator(isLanguage(language) ? language : "en");
  return (
    <html lang={language} data-profile={profileId} {...appearanceAttributes(settings)}>
      <head>
        <meta charset="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, interactive-widget=resizes-content"
        />
        <title>{title}</title>
        <meta name="description" content={t("app.description")} />
        <meta name="color-scheme" content="dark light" />
        <link rel="icon" href={asset("/favicon.svg")} type="image/svg+xml" />
        <link rel="preload" href={asset(MAIN_FONT)} as="font" type="font/woff2" crossOrigin="anonymous" />
        <style dangerouslySetInnerHTML={{ __html: fontFaces() + rootSizes(settings) }} />
        {STYLESHEETS.map((name) => <link key={name} rel="stylesheet" href={asset(`/css/${name}.css`)} />)}
      </head>
      <body>{children}</body>
    </html>
  );
}

function rootSizes(settings: UiSettings): string {
  const sizes = Object.entries(appearanceSizes(settings)).map(([name, value]) => `${name}:${value}`);
  return `:root:root{${sizes.join(";")}}`;
}
