import { page } from "fresh";
import type { BackupData } from "../../components/settings/backup/BackupPage.tsx";
import { SettingsFrame } from "../../components/settings/SettingsFrame.tsx";
import SettingsBackup from "../../islands/settings/SettingsBackup.tsx";
import {
  backupScheduleSchema,
  define,
  operations,
  readForm,
  readMultipart,
  type State,
  validate,
} from "../../lib/app/mod.ts";
import type { BackupOutcome } from "../../lib/client/settings/backup_model.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import { islandProps } from "./(_settings)/texts.ts";

/** The page does not wait longer to be told how many files there are; a script asks again. */
const FIRST_COUNT_MS = 200;

export const handler = define.handlers({
  async GET({ state, url }) {
    return page(await dataOf(state, null, url.searchParams.get("delete")));
  },
  /** All that the page does, for browsers without a script. */
  async POST({ state, req }) {
    const isFile = req.headers.get("content-type")?.toLowerCase().startsWith("multipart/form-data");
    let failed: "makeFailed" | "saveFailed" | "restoreFailed" = "restoreFailed";
    try {
      if (isFile) return page(await dataOf(state, await restoreUpload(state, req)));
      const form = await readForm(req);
      const intent = form.get("intent") ?? "";
      failed = intent === "schedule"
        ? "saveFailed"
        : intent === "restoreKept"
        ? "restoreFailed"
        : "makeFailed";
      return page(await dataOf(state, await act(state, intent, form)));
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      const data = await dataOf(state, { type: failed, problem: error.toBody() });
      return page(data, { status: error.status });
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <SettingsFrame t={t} section="backup">
    <SettingsBackup data={data} {...islandProps(language, "backup")} />
  </SettingsFrame>
));

async function dataOf(
  state: State,
  outcome: BackupOutcome | null,
  confirming: string | null = null,
): Promise<BackupData> {
  state.title = `${state.t("settings.backup")} · ${state.t("app.name")}`;
  const { backups } = state.services;
  const [view, size] = await Promise.all([
    backups.view(state.principal),
    backups.measureFiles(state.principal, FIRST_COUNT_MS),
  ]);
  return { view, size, outcome, confirming };
}

async function act(
  { services: { backups }, principal }: State,
  intent: string,
  form: URLSearchParams,
): Promise<BackupOutcome | null> {
  const id = form.get("id") ?? "";
  switch (intent) {
    case "create":
      return {
        type: "made",
        files: (await backups.create(principal, {
          password: form.get("password") || undefined,
          withFiles: form.has("withFiles"),
        })).files,
      };
    case "delete":
      await backups.delete(principal, id);
      return null;
    case "check":
      await backups.check(principal, id);
      return null;
    case "restoreKept":
      return { type: "restored", report: await backups.restore(principal, { backupId: id }) };
    case "schedule": {
      const fields = Object.fromEntries(
        ["every", "time", "folder"].map((name) => [name, form.get(name) ?? ""]),
      );
      const numbers = { weekday: Number(form.get("weekday") ?? 1), keep: Number(form.get("keep")) };
      const withFiles = form.has("withFiles");
      await backups.setSchedule(
        principal,
        validate(backupScheduleSchema, { ...fields, ...numbers, withFiles }),
      );
      return { type: "saved" };
    }
    default:
      throw new FreshetError("invalid_request", "Cannot read the form", { field: "intent" });
  }
}

async function restoreUpload({ services, principal }: State, request: Request): Promise<BackupOutcome> {
  const form = await readMultipart(request, operations.restoreBackup.maxBytes ?? 0);
  const file = form.get("file");
  if (!(file instanceof File) || file.size === 0) {
    throw new FreshetError("invalid_request", "Choose a file first", { field: "file" });
  }
  const password = form.get("password");
  const report = await services.backups.restore(principal, { upload: file.stream() }, {
    password: typeof password === "string" && password !== "" ? password : undefined,
    withoutSecrets: form.has("withoutSecrets"),
  });
  return { type: "restored", report };
}
