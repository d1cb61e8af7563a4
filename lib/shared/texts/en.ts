/** English: the table that every other language has to match. */
export const en = {
  "app.name": "Freshet",
} as const satisfies Record<string, string>;
