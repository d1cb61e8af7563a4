/**
 * How a page hands the props of its islands to the browser: a table of nodes. A number in place of a value is the place of a
 * node in the table, or below zero one of {@linkcode Special}; texts, booleans and null stand for themselves.
 */
export type PayloadRef = string | boolean | null | number;

/** A number, or a list that starts with a {@linkcode Tag}. */
export type PayloadNode = number | [tag: number, ...parts: PayloadRef[]];

/** What a node is: its parts follow the tag. */
export const Tag = {
  /** Keys and values by turns. */
  object: 0,
  array: 1,
  /** Milliseconds since 1970; null for an invalid date. */
  date: 2,
  url: 3,
  /** Source and flags. */
  regexp: 4,
  /** Keys and values by turns. */
  map: 5,
  set: 6,
  /** Base64. */
  bytes: 7,
  bigint: 8,
  signal: 9,
  computed: 10,
  /** The id of server-rendered markup. */
  slot: 11,
} as const;

/** Values that JSON has no way to write. */
export const Special = {
  undefined: -1,
  nan: -2,
  infinity: -3,
  negativeInfinity: -4,
  negativeZero: -5,
  hole: -6,
} as const;

/** Comments that mark what the server rendered; each has a closing one with a slash in front. */
export const Marker = {
  /** `fi:INDEX:KEY` */
  island: "fi",
  /** `fs:ID` */
  slot: "fs",
  /** `fp:NAME:MODE` */
  partial: "fp",
} as const;

/** The id of the template that holds a slot's markup where its island did not render it. */
export function slotTemplateId(slot: number): string {
  return `fresh-slot-${slot}`;
}

/** The id of the script that holds the {@linkcode PartialPayload} of a response to client navigation. */
export const PAYLOAD_ID = "fresh-payload";

/** One island of a page: which of the page's components it is, and its props. */
export type PayloadIsland = [component: number, props: PayloadRef];

/** The islands of a page. */
export interface Payload {
  /** Keeps the ids of `useId` apart from those of other responses. */
  idPrefix: string;
  nodes: PayloadNode[];
  islands: PayloadIsland[];
}

/** The islands of a response to client navigation, with the addresses of the code they need. */
export interface PartialPayload extends Payload {
  /** Address and export name of each component. */
  components: [address: string, name: string][];
  /** Address of the code that revives signals, where there are any. */
  signals: string | null;
}
