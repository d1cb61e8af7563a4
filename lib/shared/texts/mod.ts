/** Every text of the interface, typed: a language that lacks one does not compile. */
import * as about from "./about.ts";
import * as access from "./access.ts";
import * as benchmarks from "./benchmarks.ts";
import * as backup from "./backup.ts";
import * as chat from "./chat.ts";
import * as common from "./common.ts";
import * as dashboard from "./dashboard.ts";
import * as docs from "./docs.ts";
import * as drawing from "./drawing.ts";
import * as chatFolders from "./chat_folders.ts";
import * as filesPage from "./files_page.ts";
import * as modelConfigs from "./model_configs.ts";
import * as models from "./models.ts";
import * as modelServers from "./model_servers.ts";
import * as nodes from "./nodes.ts";
import * as nodesPage from "./nodes_page.ts";
import * as preview from "./preview.ts";
import * as privacy from "./privacy.ts";
import * as profiles from "./profiles.ts";
import * as projects from "./projects.ts";
import * as settings from "./settings.ts";
import * as studio from "./studio.ts";
import * as system from "./system.ts";
import * as terminal from "./terminal.ts";
import * as transfer from "./transfer.ts";

/** The languages there are. */
export const LANGUAGES = ["en", "de"] as const;

/** One of `LANGUAGES`. */
export type Language = (typeof LANGUAGES)[number];

/** A function, so that what the browser loads of this module does not hold the tables. */
const tables = () => ({
  about,
  access,
  backup,
  benchmarks,
  chat,
  chatFolders,
  common,
  dashboard,
  docs,
  drawing,
  filesPage,
  modelConfigs,
  modelServers,
  models,
  nodes,
  nodesPage,
  preview,
  privacy,
  profiles,
  projects,
  settings,
  studio,
  system,
  terminal,
  transfer,
});

type Tables = ReturnType<typeof tables>;

/** The texts come in areas, so that a page sends the browser only what it shows. */
export type TextArea = keyof Tables;

/** The name of a text. */
export type TextKey = { [Area in TextArea]: keyof Tables[Area]["en"] }[TextArea] & string;

/** Texts by their names, of one language. */
export type Texts = Readonly<Partial<Record<TextKey, string>>>;

/** Values for the `{placeholders}` of a text. */
export type TextValues = Readonly<Record<string, string | number>>;

/** Looks up a text and fills in its placeholders. */
export type Translate = (key: TextKey, values?: TextValues) => string;

/** All areas there are. */
export function textAreas(): TextArea[] {
  return Object.keys(tables()) as TextArea[];
}

/** The texts of some areas, as a page hands them to its islands. */
export function textsOf(language: Language, areas: readonly TextArea[]): Texts {
  const all = tables();
  return Object.assign({}, ...areas.map((area) => all[area][language]));
}

/**
 * The texts of a language.
 *
 * @example
 * ```ts
 * const t = translator("en");
 * t("composer.placeholder");
 * ```
 */
export function translator(language: Language): Translate {
  return translateWith(textsOf(language, textAreas()));
}

/** Looks up texts in those that were handed over; a missing one shows its name. */
export function translateWith(texts: Texts): Translate {
  return (key, values) => fill(texts[key] ?? key, values);
}

/** The language to use: the person's choice, or the best of the `Accept-Language` header. */
export function chooseLanguage(choice: string, acceptLanguage: string | null): Language {
  if (isLanguage(choice)) return choice;
  for (const part of (acceptLanguage ?? "").split(",")) {
    const tag = part.split(";")[0]?.trim().slice(0, 2).toLowerCase() ?? "";
    if (isLanguage(tag)) return tag;
  }
  return "en";
}

/** Whether there are texts in a language. */
export function isLanguage(value: string): value is Language {
  return LANGUAGES.some((language) => language === value);
}

function fill(text: string, values: TextValues | undefined): string {
  if (!values) return text;
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
