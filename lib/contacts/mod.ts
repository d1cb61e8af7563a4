/** Which hosts this server contacts, when, and for which feature. */
export { Contacts, type ContactsOptions } from "./contacts.ts";
export { placeOf } from "./host_name.ts";
export { type Reach, recorded, recordedFetch } from "./reach.ts";
