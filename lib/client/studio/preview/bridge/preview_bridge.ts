/**
 * Runs first in every preview: tells the panel around it what happens, and does what the panel asks. Bundled to
 * static/gen/preview_bridge.js as a classic script, so that nothing of the page runs before it. In a tab of its own the page
 * only gets what the sandbox took away.
 */
import type { PanelMessage } from "../messages.ts";
import { watchConsole } from "./console.ts";
import { watchErrors } from "./errors.ts";
import { watchPage } from "./page.ts";
import { Picker } from "./picker.ts";
import { PanelPort } from "./port.ts";
import { leadRequests } from "./requests.ts";
import { replaceDialogs, replaceStorage } from "./replacements.ts";
import { takePicture } from "./picture.ts";

const script = document.currentScript;
const nonce = script?.dataset.nonce ?? "";
// The page is to be as its author wrote it.
script?.remove();
replaceStorage();
leadRequests();
if (parent !== globalThis.window) connect(new PanelPort(nonce));

function connect(port: PanelPort): void {
  watchConsole(port, globalThis.console);
  watchErrors(port);
  replaceDialogs(port);
  watchPage(port);
  const picker = new Picker(port);
  const sendPicture = (image: string) => port.send({ type: "captured", image });
  port.listen((message: PanelMessage) => {
    if (message.type === "pick") picker.set(message.on);
    else takePicture().then(sendPicture, () => sendPicture(""));
  });
}
