import type { ErrorBody } from "../../lib/shared/mod.ts";
import type {
  TerminalAuditEntry,
  TerminalCommand,
  TerminalFavourite,
  TerminalState,
} from "../../lib/shared/terminal/mod.ts";

/** What the page of terminals is rendered from. */
export interface TerminalPageData {
  state: TerminalState;
  commands: TerminalCommand[];
  favourites: TerminalFavourite[];
  audit: TerminalAuditEntry[];
  /** The names of profiles by their ids, for the audit; empty where there is one only. */
  names: Record<string, string>;
  /** The session to show, where the address names one. */
  active: string | null;
  /** Whether a password or the token has shown who it is. */
  isProven: boolean;
  /** What was refused of a posted form. */
  problem: ErrorBody | null;
}
