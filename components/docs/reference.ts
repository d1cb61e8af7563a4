import type { ApiTrial } from "../../lib/client/docs/trial_request.ts";

/** A part of the API with its operations. */
export interface ApiGroup {
  name: string;
  /** As it stands in addresses of the page. */
  id: string;
  operations: ApiOperation[];
}

/** One operation. */
export interface ApiOperation {
  id: string;
  method: string;
  path: string;
  summary: string;
  /** The scope that a key needs. */
  scope: string | null;
  parameters: { name: string; place: "path" | "query"; isRequired: boolean; schema: ApiSchema }[];
  body: ApiSchema | null;
  answers: { status: string; description: string; mediaType: string | null; schema: ApiSchema | null }[];
  /** A command line that calls it. */
  curl: string;
  trial: ApiTrial;
}

/** The shape of a value, ready to be read. */
export interface ApiSchema {
  /** "string", "integer or null", … */
  type: string;
  /** Bounds and values, in the words of JSON Schema: "at most 300 characters". */
  limits: string[];
  description: string | null;
  /** The name of a schema that is shown apart. */
  name: string | null;
  properties: { name: string; isRequired: boolean; schema: ApiSchema }[];
  items: ApiSchema | null;
  variants: ApiSchema[];
}

/** What the page is rendered from. */
export interface ApiReference {
  groups: ApiGroup[];
  schemas: { name: string; schema: ApiSchema }[];
  /** What was searched for, and how many operations there are for it. */
  query: string;
  found: number;
}
