import { assertEquals } from "@std/assert";
import { mayRestoreTo } from "./folder_risk.ts";

Deno.test("files of a backup come to folders of documents alone, not to where programs take them for theirs", () => {
  const may = (path: string) => mayRestoreTo(path, { data: "/srv/freshet", home: "/home/ada" });
  const wanted = ["/home/ada/docs", "/mnt/disk/photos", "/srv/docs", "/home/ada/projects/binary"];
  assertEquals(wanted.filter((path) => !may(path)), []);
  const closed = [
    "/",
    "/etc/cron.d",
    "/proc/x",
    "/srv/freshet",
    "/srv/freshet/x",
    "/home/ada",
    "/home/ada/.ssh",
    "/home/bob/.ssh",
    "/root/.config/autostart",
    "/home/ada/bin",
    "/opt/tool/sbin/x",
    "/home/ada/docs/.git/hooks",
  ];
  assertEquals(closed.filter(may), []);
});
