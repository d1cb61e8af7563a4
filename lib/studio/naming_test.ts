import { assertEquals } from "@std/assert";
import { kindsOf, kindsOfFiles, projectName } from "./naming.ts";

Deno.test("the kind is chosen by the prompt", () => {
  assertEquals(kindsOf("A chat application with rooms"), ["ui"]);
  assertEquals(kindsOf("A REST API for notes with tags"), ["api"]);
  assertEquals(kindsOf("A crypto dashboard"), ["ui"]);
  assertEquals(kindsOf("A backend and a web page for bookings"), ["ui", "api"]);
});

Deno.test("a project is named after its prompt", () => {
  assertEquals(projectName("Build a REST API for notes. It has tags."), "REST API for notes");
  assertEquals(projectName("please make me an appointment system!"), "Appointment system");
  assertEquals(projectName("x".repeat(100)), `X${"x".repeat(59)}`);
  assertEquals(projectName("Build a"), "Build a");
  assertEquals(
    projectName("An appointment system with a calendar, a booking form and a list of all"),
    "Appointment system with a calendar, a booking form",
  );
});

Deno.test("the kind of files that are imported is seen from them", () => {
  const main = { path: "main.ts", content: "export default app;" };
  const page = { path: "index.html", content: "" };
  assertEquals(kindsOfFiles([main]), ["api"]);
  assertEquals(kindsOfFiles([main, { ...page, path: "public/index.html" }]), ["ui", "api"]);
  assertEquals(kindsOfFiles([{ path: "notes.md", content: "" }]), ["ui"]);
});
