import type { BackupFileNote, BackupOrigin, BackupRhythm } from "../backup.ts";

/** The texts of the page of backups. */
export const en = {
  "backup.intro":
    "Everything in one archive: chats, projects, settings, usage, keys, and the files of your folders if you like.",
  "backup.make": "Back up now",
  "backup.make.text":
    "The backup holds everything as it is at one moment, also while chats and projects go on. It is a ZIP with readable lines of JSON, and is read again before it counts as made. Models on disk are not in it.",
  "backup.make.file":
    "Without a password, chats are readable in the archive, and the keys of your model servers stay encrypted: to restore them you need the file secret.key of this data folder. Keep a copy of it somewhere else.",
  "backup.make.passphrase":
    "Without a password, chats are readable in the archive, and the keys of your model servers stay encrypted: to restore them you need the passphrase of this Freshet.",
  "backup.make.encrypted.file":
    "Your data is encrypted, and so is every backup: to restore one you need its password, or where it has none, the file secret.key of this data folder. Keep a copy of it somewhere else.",
  "backup.make.encrypted.passphrase":
    "Your data is encrypted, and so is every backup: to restore one you need its password, or where it has none, the passphrase of this Freshet.",
  "backup.password": "Password of the backup (optional)",
  "backup.password.hint": "Encrypts all of it, keys too, to open in any Freshet. Nobody can recover it.",
  "backup.files": "With the files of my folders",
  "backup.files.size": "Files: {files}, {size}; added folders: {folders}, and the trash",
  "backup.files.partial":
    "Files: more than {files}, {size}, where counting ended; added folders: {folders}, and the trash",
  "backup.files.none": "No folder was added under Files, and the trash is empty.",
  "backup.files.in": "Files in it: {files} ({size}).",
  "backup.files.leftOut":
    "Not in it: {count}. Links are not followed; devices, pipes and what cannot be read stay out.",
  "backup.files.changed":
    "Written to while they were read: {count}. What is in the backup of them may be neither the old nor the new state.",
  "backup.files.why.link": "a link",
  "backup.files.why.special": "no ordinary file",
  "backup.files.why.unreadable": "cannot be read",
  "backup.files.why.name": "its name cannot be had everywhere",
  "backup.files.why.gone": "was not there",
  "backup.files.why.freshet": "Freshet's own data",
  "backup.files.why.changed": "written to meanwhile",
  "backup.files.with": "files: {files}",
  "backup.files.without": "{count} left out",
  "backup.files.more": "and {count} more",
  "backup.orImport": "It merges nothing: to add chats of another Freshet to those that are here, use",
  "backup.orImport.link": "Import and export",
  "backup.paused":
    "Paused: this schedule came with a restored backup and names a folder in which the Freshet that made it may keep its own backups. Each would remove those of the other. Save it to go on, best with another folder.",
  "backup.submit": "Make a backup",
  "backup.making": "Making a backup …",
  "backup.made": "The backup was made and read again.",
  "backup.failed": "The backup failed: {message}",
  "backup.kept": "Kept backups",
  "backup.kept.in": "In {folder}",
  "backup.kept.none": "There is no backup yet.",
  "backup.kept.problem": "The folder cannot be read: {message}",
  "backup.origin.manual": "made by hand",
  "backup.origin.schedule": "scheduled",
  "backup.origin.upgrade": "before an upgrade",
  "backup.check.ok": "whole on {date}",
  "backup.check.none": "not checked here",
  "backup.check.problem": "Damaged: {message}",
  "backup.check": "Check",
  "backup.check.one": "Check the backup of {date}",
  "backup.download": "Download",
  "backup.download.one": "Download the backup of {date}",
  "backup.delete": "Delete",
  "backup.delete.one": "Delete the backup of {date}",
  "backup.delete.title": "Delete this backup?",
  "backup.delete.text": "The backup of {date} is gone for good then.",
  "backup.schedule": "Scheduled backups",
  "backup.schedule.text":
    "A backup that was missed while Freshet was off is made two minutes after the next start. When one fails, every open page says so.",
  "backup.every": "How often",
  "backup.every.off": "Never",
  "backup.every.hour": "Every hour",
  "backup.every.day": "Every day",
  "backup.every.week": "Every week",
  "backup.time": "At",
  "backup.time.hint": "By the server's clock; of hourly ones the minutes count.",
  "backup.weekday": "On",
  "backup.keep": "How many to keep",
  "backup.keep.hint": "The oldest scheduled ones go first; those made by hand stay.",
  "backup.folder": "Folder",
  "backup.folder.hint": "An absolute path on the server, best on another disk. Empty: {folder}",
  "backup.save": "Save the schedule",
  "backup.saved": "The schedule was saved.",
  "backup.next": "Next: {date}",
  "backup.last": "Latest scheduled: {date}",
  "backup.problem": "The scheduled backup of {date} failed: {message}",
  "backup.restore": "Restore",
  "backup.restore.text":
    "A restore fills an empty Freshet and compares everything with the archive. Nothing is written when something is wrong with it.",
  "backup.restore.notEmpty":
    "This Freshet is in use, so nothing can be restored here, and nothing is ever overwritten. Start one with an empty data folder (FRESHET_DATA) and restore there, in the browser or with deno task restore FILE.",
  "backup.restore.file": "Backup file",
  "backup.restore.hint": "A ZIP that Freshet made. Files over 128 MB need a browser with scripts.",
  "backup.restore.password": "Its password, where it has one",
  "backup.restore.without": "Go without the keys of model servers",
  "backup.restore.without.hint": "Where the secret.key or passphrase of the old Freshet is lost.",
  "backup.restore.submit": "Restore",
  "backup.restore.one": "Restore the backup of {date}",
  "backup.restore.sending": "{percent} % sent",
  "backup.restore.running": "Everything is sent; it is checked, restored and compared",
  "backup.restore.choose": "Choose a file first",
  "backup.restore.failed": "Nothing was restored: {message}",
  "backup.restore.done":
    "Restored: {chats} chats with {messages} messages, {projects} projects with {versions} versions, {total} records altogether. All of it was compared with the backup and is the same.",
  "backup.restore.files": "Files that are back, compared with the backup: {files} ({size})",
  "backup.restore.moved": "{path}, because something is in {before} or nothing may be put there",
  "backup.restore.leftOut": "Not there, because this system cannot have their names: {count}",
  "backup.restore.logins":
    "Who was logged in elsewhere logs in again, with the names and passwords of the backup.",
  "backup.restore.secrets": "{count} keys of model servers were left out; enter them anew.",
  "backup.restore.toChats": "Show the chats",
} as const satisfies
  & Record<
    `backup.origin.${BackupOrigin}` | `backup.every.${BackupRhythm}` | `backup.files.why.${BackupFileNote}`,
    string
  >
  & Record<string, string>;

/** German. */
export const de: Record<keyof typeof en, string> = {
  "backup.intro":
    "Alles in einem Archiv: Chats, Projekte, Einstellungen, Verbrauch, Schlüssel, und wenn du willst die Dateien deiner Ordner.",
  "backup.make": "Jetzt sichern",
  "backup.make.text":
    "Die Sicherung enthält alles, wie es in einem Augenblick ist, auch während Chats und Projekte weitergehen. Sie ist ein ZIP mit lesbaren JSON-Zeilen und wird noch einmal gelesen, bevor sie als fertig gilt. Modelle auf der Platte sind nicht darin.",
  "backup.make.file":
    "Ohne Passwort sind Chats im Archiv lesbar, und die Schlüssel deiner Modellserver bleiben verschlüsselt: um sie wiederherzustellen, brauchst du die Datei secret.key dieses Datenordners. Bewahre eine Kopie davon woanders auf.",
  "backup.make.passphrase":
    "Ohne Passwort sind Chats im Archiv lesbar, und die Schlüssel deiner Modellserver bleiben verschlüsselt: um sie wiederherzustellen, brauchst du die Passphrase dieses Freshet.",
  "backup.make.encrypted.file":
    "Deine Daten sind verschlüsselt, und so ist es jede Sicherung: um eine wiederherzustellen, brauchst du ihr Passwort, oder wo sie keines hat, die Datei secret.key dieses Datenordners. Bewahre eine Kopie davon woanders auf.",
  "backup.make.encrypted.passphrase":
    "Deine Daten sind verschlüsselt, und so ist es jede Sicherung: um eine wiederherzustellen, brauchst du ihr Passwort, oder wo sie keines hat, die Passphrase dieses Freshet.",
  "backup.password": "Passwort der Sicherung (optional)",
  "backup.password.hint":
    "Verschlüsselt alles, auch Schlüssel, und öffnet es in jedem Freshet. Niemand kann es wiederfinden.",
  "backup.files": "Mit den Dateien meiner Ordner",
  "backup.files.size": "Dateien: {files}, {size}; hinzugefügte Ordner: {folders}, und der Papierkorb",
  "backup.files.partial":
    "Dateien: mehr als {files}, {size}, wo das Zählen endete; hinzugefügte Ordner: {folders}, und der Papierkorb",
  "backup.files.none": "Unter Dateien ist kein Ordner hinzugefügt, und der Papierkorb ist leer.",
  "backup.files.in": "Dateien darin: {files} ({size}).",
  "backup.files.leftOut":
    "Nicht darin: {count}. Verweisen wird nicht gefolgt; Geräte, Pipes und was sich nicht lesen lässt, bleiben draußen.",
  "backup.files.changed":
    "Beim Lesen beschrieben: {count}. Was davon in der Sicherung ist, ist vielleicht weder der alte noch der neue Stand.",
  "backup.files.why.link": "ein Verweis",
  "backup.files.why.special": "keine gewöhnliche Datei",
  "backup.files.why.unreadable": "lässt sich nicht lesen",
  "backup.files.why.name": "den Namen gibt es nicht überall",
  "backup.files.why.gone": "war nicht da",
  "backup.files.why.freshet": "Freshets eigene Daten",
  "backup.files.why.changed": "währenddessen beschrieben",
  "backup.files.with": "Dateien: {files}",
  "backup.files.without": "{count} ausgelassen",
  "backup.files.more": "und {count} weitere",
  "backup.orImport":
    "Sie mischt nichts: um Chats eines anderen Freshet zu denen hinzuzufügen, die hier sind, nimm",
  "backup.orImport.link": "Import und Export",
  "backup.paused":
    "Angehalten: Dieser Plan kam mit einer wiederhergestellten Sicherung und nennt einen Ordner, in dem das Freshet, von dem sie ist, seine eigenen Sicherungen haben kann. Jedes würde die des anderen löschen. Speichere ihn, damit er weitergeht, am besten mit einem anderen Ordner.",
  "backup.submit": "Sicherung erstellen",
  "backup.making": "Die Sicherung wird erstellt …",
  "backup.made": "Die Sicherung ist fertig und wurde zur Prüfung noch einmal gelesen.",
  "backup.failed": "Die Sicherung ist gescheitert: {message}",
  "backup.kept": "Aufbewahrte Sicherungen",
  "backup.kept.in": "In {folder}",
  "backup.kept.none": "Noch gibt es keine Sicherung.",
  "backup.kept.problem": "Der Ordner lässt sich nicht lesen: {message}",
  "backup.origin.manual": "von Hand",
  "backup.origin.schedule": "geplant",
  "backup.origin.upgrade": "vor einem Umbau",
  "backup.check.ok": "geprüft am {date}: unversehrt",
  "backup.check.none": "hier nicht geprüft",
  "backup.check.problem": "Beschädigt: {message}",
  "backup.check": "Prüfen",
  "backup.check.one": "Die Sicherung vom {date} prüfen",
  "backup.download": "Herunterladen",
  "backup.download.one": "Die Sicherung vom {date} herunterladen",
  "backup.delete": "Löschen",
  "backup.delete.one": "Die Sicherung vom {date} löschen",
  "backup.delete.title": "Diese Sicherung löschen?",
  "backup.delete.text": "Die Sicherung vom {date} ist dann für immer weg.",
  "backup.schedule": "Geplante Sicherungen",
  "backup.schedule.text":
    "Eine Sicherung, die ausfiel, während Freshet aus war, wird zwei Minuten nach dem nächsten Start nachgeholt. Scheitert eine, sagt es jede offene Seite.",
  "backup.every": "Wie oft",
  "backup.every.off": "Nie",
  "backup.every.hour": "Jede Stunde",
  "backup.every.day": "Jeden Tag",
  "backup.every.week": "Jede Woche",
  "backup.time": "Um",
  "backup.time.hint": "Nach der Uhr des Servers; bei stündlichen zählen die Minuten.",
  "backup.weekday": "Am",
  "backup.keep": "Wie viele bleiben",
  "backup.keep.hint": "Die ältesten geplanten gehen zuerst; von Hand erstellte bleiben.",
  "backup.folder": "Ordner",
  "backup.folder.hint":
    "Ein absoluter Pfad auf dem Server, am besten auf einer anderen Platte. Leer: {folder}",
  "backup.save": "Plan speichern",
  "backup.saved": "Der Plan ist gespeichert.",
  "backup.next": "Nächste: {date}",
  "backup.last": "Letzte geplante: {date}",
  "backup.problem": "Die geplante Sicherung vom {date} ist gescheitert: {message}",
  "backup.restore": "Wiederherstellen",
  "backup.restore.text":
    "Eine Wiederherstellung füllt ein leeres Freshet und vergleicht alles mit dem Archiv. Stimmt etwas daran nicht, wird nichts geschrieben.",
  "backup.restore.notEmpty":
    "Dieses Freshet ist in Gebrauch, darum lässt sich hier nichts wiederherstellen, und nie wird etwas überschrieben. Starte eines mit leerem Datenordner (FRESHET_DATA) und stelle dort wieder her, im Browser oder mit deno task restore FILE.",
  "backup.restore.file": "Sicherungsdatei",
  "backup.restore.hint":
    "Ein ZIP, das Freshet erstellt hat. Dateien über 128 MB brauchen einen Browser mit Skripten.",
  "backup.restore.password": "Ihr Passwort, wenn sie eines hat",
  "backup.restore.without": "Ohne die Schlüssel der Modellserver",
  "backup.restore.without.hint": "Wo secret.key oder Passphrase des alten Freshet verloren sind.",
  "backup.restore.submit": "Wiederherstellen",
  "backup.restore.one": "Die Sicherung vom {date} wiederherstellen",
  "backup.restore.sending": "{percent} % gesendet",
  "backup.restore.running": "Alles ist gesendet; es wird geprüft, wiederhergestellt und verglichen",
  "backup.restore.choose": "Wähle zuerst eine Datei",
  "backup.restore.failed": "Nichts wurde wiederhergestellt: {message}",
  "backup.restore.done":
    "Wiederhergestellt: {chats} Chats mit {messages} Nachrichten, {projects} Projekte mit {versions} Versionen, {total} Einträge im Ganzen. Alles wurde mit der Sicherung verglichen und ist gleich.",
  "backup.restore.files": "Dateien, die wieder da und mit der Sicherung verglichen sind: {files} ({size})",
  "backup.restore.moved": "{path}, weil in {before} etwas ist oder dort nichts abgelegt werden darf",
  "backup.restore.leftOut": "Nicht da, weil es ihre Namen auf diesem System nicht geben kann: {count}",
  "backup.restore.logins":
    "Wer anderswo angemeldet war, meldet sich neu an, mit den Namen und Passwörtern der Sicherung.",
  "backup.restore.secrets": "{count} Schlüssel von Modellservern fehlen; gib sie neu ein.",
  "backup.restore.toChats": "Chats zeigen",
};
