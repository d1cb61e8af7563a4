/**
 * The models of the nodes: what is installed, and what can be done with it; downloads that survive the process; configurations
 * in versions; digests, and pins to go back to.
 */
export { catalogue } from "./catalogue/catalogue.ts";
export { Configs } from "./configs/configs.ts";
export { Digests } from "./digests/digests.ts";
export { Downloads } from "./downloads/downloads.ts";
export { ModelServers } from "./servers/model_servers.ts";
export { type OnlineOptions, OnlineSearch } from "./online/online_search.ts";
export type { CallRows } from "./model_use.ts";
export { Pins } from "./pins/pins.ts";
export { type ModelPlace, Models, type ModelsOptions } from "./models.ts";
