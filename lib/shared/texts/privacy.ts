import type { ContactFeature, ContactPlace } from "../privacy.ts";

type NamedText = `privacy.feature.${ContactFeature}` | `privacy.place.${ContactPlace}`;

/** The texts of the page about privacy. */
export const en = {
  "privacy.intro":
    "Freshet sends what is yours to nobody but the nodes and services that you have set up. Here is what it keeps, and whom it has contacted.",
  "privacy.kept": "What is kept, and where",
  "privacy.kept.text":
    "Chats, projects, files, settings and the ledger of model calls. Keys of model servers are encrypted; of API keys only a hash is kept. Nothing of it leaves this place unless you export it.",
  "privacy.memory": "In memory only: it is gone when Freshet ends",
  "privacy.size": "Size of the folder",
  "privacy.size.over": "more than {size}",
  "privacy.sent": "What is sent",
  "privacy.sent.nodes":
    "What you ask a model, with the files of that chat or project, goes to the node that answers, and to no other.",
  "privacy.sent.else":
    "Freshet looks for model servers at the usual ports of this machine, unless discovery is switched off. Only where you have set them up, projects run at E2B and data is in a database elsewhere.",
  "privacy.sent.search":
    "Who searches for models online sends the words of the search to ollama.com and huggingface.co, and nothing before that. The feature can be switched off in fresh.config.ts.",
  "privacy.sent.none":
    "There is no telemetry, no look for updates, no error report and no font, script or picture from elsewhere.",
  "privacy.sent.browser":
    "Your browser is told to contact this server alone (Content-Security-Policy: default-src 'self'). Previews of projects are served by this server too, and may reach nothing else.",
  "privacy.sent.first":
    "Before the first start, Deno downloads Freshet’s packages from the npm registry; that is not Freshet and not in this list. Nor is what you do yourself in a terminal.",
  "privacy.sent.proxy":
    "A proxy is set in the environment ({names}): requests to https:// addresses, and others by your rules, go by way of it.",
  "privacy.contacts": "Whom Freshet has contacted",
  "privacy.contacts.text":
    "Each request counts, those included that nobody answered. Days are those of UTC, and are forgotten after {days} days.",
  "privacy.period": "Period",
  "privacy.days.1": "Today",
  "privacy.days.7": "7 days",
  "privacy.days.30": "30 days",
  "privacy.days.90": "90 days",
  "privacy.none": "Nothing was contacted in this time.",
  "privacy.feature": "For",
  "privacy.first": "First",
  "privacy.last": "Last",
  "privacy.count": "Requests",
  "privacy.noNode": "belongs to no node that there is now",
  "privacy.place.machine": "This machine",
  "privacy.place.network": "Private network",
  "privacy.place.internet": "Internet",
  "privacy.feature.chat": "Answers in chats",
  "privacy.feature.studio": "Building projects",
  "privacy.feature.api": "Programs at /v1",
  "privacy.feature.automation": "Automations",
  "privacy.feature.benchmark": "Benchmarks",
  "privacy.feature.probe": "Whether nodes answer",
  "privacy.feature.discovery": "Looking for model servers",
  "privacy.feature.models": "Lists of models, and managing them",
  "privacy.feature.search": "Searching for models online",
  "privacy.feature.sandbox": "Running projects",
  "privacy.feature.store": "The database (when Freshet starts)",
  "privacy.csv": "As CSV",
  "privacy.json": "As JSON",
  "privacy.clear": "Clear the list",
  "privacy.clear.title": "Clear the list of contacts?",
  "privacy.clear.text": "All days are forgotten. What is contacted from now on is listed again.",
  "privacy.cleared": "The list was cleared",
} as const satisfies Record<NamedText, string> & Record<string, string>;

/** German. */
export const de: Record<keyof typeof en, string> = {
  "privacy.intro":
    "Freshet sendet, was dir gehört, nur an die Knoten und Dienste, die du eingerichtet hast. Hier steht, was es aufbewahrt und mit wem es Kontakt hatte.",
  "privacy.kept": "Was aufbewahrt wird, und wo",
  "privacy.kept.text":
    "Chats, Projekte, Dateien, Einstellungen und das Buch der Modellaufrufe. Schlüssel von Modellservern sind verschlüsselt; von API-Schlüsseln bleibt nur ein Hash. Nichts davon verlässt diesen Ort, solange du es nicht exportierst.",
  "privacy.memory": "Nur im Arbeitsspeicher: es ist weg, wenn Freshet endet",
  "privacy.size": "Größe des Ordners",
  "privacy.size.over": "mehr als {size}",
  "privacy.sent": "Was gesendet wird",
  "privacy.sent.nodes":
    "Was du ein Modell fragst, mit den Dateien dieses Chats oder Projekts, geht an den Knoten, der antwortet, und an keinen anderen.",
  "privacy.sent.else":
    "Freshet sucht an den üblichen Ports dieses Rechners nach Modellservern, wenn die Suche nicht abgeschaltet ist. Nur wenn du das so eingerichtet hast, laufen Projekte bei E2B und liegen Daten in einer Datenbank anderswo.",
  "privacy.sent.search":
    "Wer online nach Modellen sucht, schickt die Wörter der Suche an ollama.com und huggingface.co, und vorher nichts. Die Funktion lässt sich in fresh.config.ts abschalten.",
  "privacy.sent.none":
    "Es gibt keine Telemetrie, keine Suche nach Aktualisierungen, keine Fehlerberichte und keine Schrift, kein Skript und kein Bild von anderswo.",
  "privacy.sent.browser":
    "Dein Browser ist angewiesen, nur diesen Server zu kontaktieren (Content-Security-Policy: default-src 'self'). Auch Vorschauen von Projekten kommen von diesem Server und erreichen nichts anderes.",
  "privacy.sent.first":
    "Vor dem ersten Start lädt Deno die Pakete von Freshet aus der npm-Registry; das ist nicht Freshet und steht nicht in dieser Liste. Auch nicht, was du selbst in einem Terminal tust.",
  "privacy.sent.proxy":
    "In der Umgebung ist ein Proxy eingestellt ({names}): Anfragen an https://-Adressen, und andere nach deinen Regeln, gehen über ihn.",
  "privacy.contacts": "Mit wem Freshet Kontakt hatte",
  "privacy.contacts.text":
    "Jede Anfrage zählt, auch solche, auf die niemand geantwortet hat. Tage sind die von UTC und werden nach {days} Tagen vergessen.",
  "privacy.period": "Zeitraum",
  "privacy.days.1": "Heute",
  "privacy.days.7": "7 Tage",
  "privacy.days.30": "30 Tage",
  "privacy.days.90": "90 Tage",
  "privacy.none": "In dieser Zeit gab es keinen Kontakt.",
  "privacy.feature": "Wofür",
  "privacy.first": "Zuerst",
  "privacy.last": "Zuletzt",
  "privacy.count": "Anfragen",
  "privacy.noNode": "gehört zu keinem Knoten, den es jetzt gibt",
  "privacy.place.machine": "Dieser Rechner",
  "privacy.place.network": "Privates Netz",
  "privacy.place.internet": "Internet",
  "privacy.feature.chat": "Antworten in Chats",
  "privacy.feature.studio": "Projekte bauen",
  "privacy.feature.api": "Programme an /v1",
  "privacy.feature.automation": "Automationen",
  "privacy.feature.benchmark": "Benchmarks",
  "privacy.feature.probe": "Ob Knoten antworten",
  "privacy.feature.discovery": "Suche nach Modellservern",
  "privacy.feature.models": "Listen von Modellen und ihre Verwaltung",
  "privacy.feature.search": "Suche nach Modellen im Internet",
  "privacy.feature.sandbox": "Projekte ausführen",
  "privacy.feature.store": "Die Datenbank (beim Start von Freshet)",
  "privacy.csv": "Als CSV",
  "privacy.json": "Als JSON",
  "privacy.clear": "Liste leeren",
  "privacy.clear.title": "Liste der Kontakte leeren?",
  "privacy.clear.text": "Alle Tage werden vergessen. Was von jetzt an kontaktiert wird, steht wieder darin.",
  "privacy.cleared": "Die Liste wurde geleert",
};
