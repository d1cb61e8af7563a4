import type { Operation } from "./http/operation.ts";
import { analyticsOperations } from "./operations/analytics.ts";
import { benchmarksOperations } from "./operations/benchmarks.ts";
import { backupsOperations } from "./operations/backups.ts";
import { chatsOperations } from "./operations/chats.ts";
import { filesOperations } from "./operations/files.ts";
import { foldersOperations } from "./operations/folders.ts";
import { keysOperations } from "./operations/keys.ts";
import { messagesOperations } from "./operations/messages.ts";
import { modelConfigsOperations } from "./operations/model_configs.ts";
import { modelsOperations } from "./operations/models.ts";
import { modelServersOperations } from "./operations/model_servers.ts";
import { nodesOperations } from "./operations/nodes.ts";
import { privacyOperations } from "./operations/privacy.ts";
import { processesOperations } from "./operations/processes.ts";
import { profilesOperations } from "./operations/profiles.ts";
import { projectsOperations } from "./operations/projects.ts";
import { runsOperations } from "./operations/runs.ts";
import { serverOperations } from "./operations/server.ts";
import { settingsOperations } from "./operations/settings.ts";
import { systemOperations } from "./operations/system.ts";
import { terminalOperations } from "./operations/terminal.ts";
import { versionsOperations } from "./operations/versions.ts";

/** Every operation of `/api`. Routes validate by these, and the OpenAPI document is made of them. */
export const operations = {
  ...chatsOperations,
  ...messagesOperations,
  ...runsOperations,
  ...projectsOperations,
  ...versionsOperations,
  ...processesOperations,
  ...filesOperations,
  ...foldersOperations,
  ...nodesOperations,
  ...modelsOperations,
  ...benchmarksOperations,
  ...modelServersOperations,
  ...modelConfigsOperations,
  ...analyticsOperations,
  ...settingsOperations,
  ...keysOperations,
  ...privacyOperations,
  ...profilesOperations,
  ...systemOperations,
  ...terminalOperations,
  ...backupsOperations,
  ...serverOperations,
} as const satisfies Record<string, Operation<never, never> | Operation>;
