/** What a field of an entry can hold. */
export type Value = string | number | boolean | string[];

/** Something that is kept. What is optional may be missing. */
export interface Entry {
  id: string;
  values: Record<string, Value>;
}

/** A field, as it is entered and shown. */
export interface Field {
  name: string;
  label: string;
  type: "text" | "long" | "number" | "boolean" | "date" | "email" | "url" | "choice" | "list";
  required?: boolean;
  choices?: readonly string[];
}

/** A kind of entry. */
export interface Resource {
  /** Also its path in the API. */
  name: string;
  one: string;
  many: string;
  fields: readonly Field[];
  /** What is there at first. */
  examples: readonly Record<string, Value>[];
}

// #put resources
export const resources: readonly [Resource, ...Resource[]] = [
  { name: "notes", one: "note", many: "notes", fields: [], examples: [] },
];
// #end
