/** What makes Freshet connect to a host. */
export const CONTACT_FEATURES = [
  "chat",
  "studio",
  "api",
  "automation",
  "benchmark",
  "probe",
  "discovery",
  "models",
  "search",
  "sandbox",
  "store",
] as const;

/** One of `CONTACT_FEATURES`. */
export type ContactFeature = (typeof CONTACT_FEATURES)[number];

/** Where a host is: this machine, an address of a private network, or anywhere else. */
export type ContactPlace = "machine" | "network" | "internet";

/** A host that was contacted by a feature. */
export interface Contact {
  /** With its port, such as "127.0.0.1:11434". */
  host: string;
  feature: ContactFeature;
  /** ms since 1970. */
  firstAt: number;
  lastAt: number;
  /** Requests, those included that nobody answered. */
  count: number;
}

/** A contact as the page of privacy lists it. */
export interface ContactView extends Contact {
  place: ContactPlace;
  /** The names of the nodes that are there now. */
  nodes: string[];
}

/** Days for which contacts are kept. */
export const CONTACTS_KEPT_DAYS = 90;
