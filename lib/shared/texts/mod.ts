/** Every text of the interface, typed: a language that lacks one does not compile. */
import { de } from "./de.ts";
import { en } from "./en.ts";

/** The languages there are. */
export const LANGUAGES = ["en", "de"] as const;

/** One of `LANGUAGES`. */
export type Language = (typeof LANGUAGES)[number];

/** The name of a text. */
export type TextKey = keyof typeof en;

/** Values for the `{placeholders}` of a text. */
export type TextValues = Readonly<Record<string, string | number>>;

/** Looks up a text and fills in its placeholders. */
export type Translate = (key: TextKey, values?: TextValues) => string;

const TABLES: Record<Language, Record<TextKey, string>> = { en, de };

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
  const table = TABLES[language];
  return (key, values) => fill(table[key], values);
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

function isLanguage(value: string): value is Language {
  return LANGUAGES.some((language) => language === value);
}

function fill(text: string, values: TextValues | undefined): string {
  if (!values) return text;
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
