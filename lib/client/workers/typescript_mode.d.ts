import type { LanguageServiceDefaults } from "monaco-editor/languages/features/typescript/register";

/** Registers what the language service offers for TypeScript, by the defaults as they are now. */
export function setupTypeScript(defaults: LanguageServiceDefaults): void;

/** The same for JavaScript. */
export function setupJavaScript(defaults: LanguageServiceDefaults): void;
