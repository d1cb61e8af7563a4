import type { Clock, Log } from "../../host/mod.ts";
import type { OnlineOptions } from "../../models/mod.ts";
import type { SystemHost } from "../../monitor/mod.ts";
import type { LocalServer } from "../../nodes/mod.ts";
import type { ProviderOptions } from "../../providers/mod.ts";
import type { Validate } from "../../studio/mod.ts";
import type { TerminalsOptions } from "../../terminal/mod.ts";

/** What tests replace. */
export interface ServiceOverrides {
  clock?: Clock;
  log?: Log;
  /** What checks versions of projects in place of the sandbox. */
  validate?: Validate;
  /** The machine that is looked at. */
  host?: SystemHost;
  /** Servers to look for in place of the default ones. */
  servers?: readonly LocalServer[];
  /** Where models are searched for on the internet. */
  online?: Pick<OnlineOptions, "addresses">;
  /** How model servers are asked. */
  providers?: Pick<ProviderOptions, "pollMs">;
  /** What opens PTYs, and which shell is started on them. */
  terminals?: Pick<TerminalsOptions, "support" | "shell" | "endProcesses">;
}
