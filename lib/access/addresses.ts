/** What reads addresses of networks; nothing here connects to one. */
export { BlockList, isIP, isIPv6 } from "node:net";
