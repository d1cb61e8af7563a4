import { define, endpoint, methods, operations, uploadedFile } from "../../lib/app/mod.ts";
import { FreshetError } from "../../lib/shared/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.restoreBackup, async ({ services, principal, request, query }) => {
    const source = query.backup === undefined
      ? { upload: await uploadedFile(request, operations.restoreBackup.maxBytes ?? 0) }
      : { backupId: query.backup };
    return await services.backups.restore(principal, source, {
      password: passwordOf(request.headers),
      withoutSecrets: query.withoutSecrets === "1",
    });
  }),
}));

function passwordOf(headers: Headers): string | undefined {
  const value = headers.get("x-backup-password");
  if (value === null) return undefined;
  try {
    return decodeURIComponent(value);
  } catch (cause) {
    throw new FreshetError("invalid_request", "Cannot read X-Backup-Password: it is not percent-encoded", {
      field: "password",
      cause,
    });
  }
}
