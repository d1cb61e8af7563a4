/** The models of the nodes: what is installed, and what can be done with it; downloads that survive the process. */
export { catalogue } from "./catalogue/catalogue.ts";
export { Downloads } from "./downloads/downloads.ts";
export { ModelServers } from "./servers/model_servers.ts";
export { type OnlineOptions, OnlineSearch } from "./online/online_search.ts";
export type { CallRows } from "./model_use.ts";
export { type ModelPlace, Models, type ModelsOptions } from "./models.ts";
