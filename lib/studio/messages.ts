import type { Project, ProjectMessage, Version } from "../shared/mod.ts";

/** The chat of a project: prompts and answers of its versions, oldest first, then the prompts that wait. */
export function messagesOf(project: Project, versions: readonly Version[]): ProjectMessage[] {
  const said = versions.toReversed().flatMap((version): ProjectMessage[] => {
    const { id, prompt, answer, status, createdAt, endedAt, imageIds } = version;
    const pictures = imageIds ? { imageIds } : {};
    const messages: ProjectMessage[] = [];
    if (prompt) {
      messages.push({
        id: `${id}-prompt`,
        role: "user",
        text: prompt,
        createdAt,
        status,
        versionId: id,
        ...pictures,
      });
    }
    const text = answer || version.title;
    return [
      ...messages,
      { id: `${id}-answer`, role: "assistant", text, createdAt: endedAt ?? createdAt, status, versionId: id },
    ];
  });
  const waiting = project.branches.flatMap(({ queue }) => queue).map((
    { id, text, createdAt, imageIds },
  ): ProjectMessage => ({
    id,
    role: "user",
    text,
    createdAt,
    status: "queued",
    ...(imageIds ? { imageIds } : {}),
  }));
  return [...said, ...waiting];
}
