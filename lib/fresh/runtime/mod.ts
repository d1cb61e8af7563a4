export const IS_BROWSER: boolean = typeof document !== "undefined";
