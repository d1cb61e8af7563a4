import type { Appointment } from "./appointments.ts";
import { momentOf } from "./days.ts";

const LINE_BYTES_MAX = 75;

/** The appointments as a calendar file (RFC 5545), which every calendar program can read. */
export function icsOf(appointments: readonly Appointment[], now: Date): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//~slug~//EN",
    ...appointments.flatMap((appointment) => eventLines(appointment, now)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** Offers a text as a file to save. */
export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has to have begun to read it.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function eventLines({ id, name, email, day, starts, length, notes }: Appointment, now: Date): string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${id}@~slug~`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(momentOf(day, starts))}`,
    `DTEND:${utc(momentOf(day, starts + length))}`,
    `SUMMARY:${escaped(name)}`,
    `DESCRIPTION:${escaped([email, notes].filter(Boolean).join("\n"))}`,
    "END:VEVENT",
  ];
}

/** 20260302T083000Z. */
function utc(date: Date): string {
  return date.toISOString().replaceAll(/[-:]|\.\d+/g, "");
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (char) => `\\${char}`).replaceAll("\n", "\\n");
}

/** Lines that are too long go on behind a line break and a space. They are measured in bytes, and no letter is cut. */
function folded(line: string): string {
  let text = "";
  let bytes = 0;
  for (const char of line) {
    const size = new TextEncoder().encode(char).length;
    if (bytes + size > LINE_BYTES_MAX) {
      text += "\r\n ";
      bytes = 1;
    }
    text += char;
    bytes += size;
  }
  return text;
}
