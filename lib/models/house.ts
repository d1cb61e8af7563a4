import { LOCAL_PROFILE } from "../access/mod.ts";

/** Under which profile's keys stands what is known of the models: the house's, whoever asks. */
export const HOUSE = LOCAL_PROFILE;
