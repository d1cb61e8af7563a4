/**
 * Terminals: shells on PTYs that outlive the pages which show them, for the person whose machine this is. Off until a person
 * turns them on; entered into an audit; gone with all their processes.
 */
export type { CommandQuery } from "./command_history.ts";
export type { NewSession } from "./running_sessions.ts";
export { terminalSize } from "./schemas.ts";
export { Terminals, type TerminalsOptions } from "./terminals.ts";
export type { Visitor } from "./visitor.ts";
