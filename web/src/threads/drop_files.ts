import type { Attachment } from "svelte/attachments";

type Intents = { onDrop: (files: File[]) => void; onHover: (isOver: boolean) => void };

export function filesOf(transfer: DataTransfer | null): File[] {
  return [...(transfer?.files ?? [])];
}

/** Take files that are dragged onto an element. */
export function dropFiles({ onDrop, onHover }: Intents): Attachment<HTMLElement> {
  return (element) => {
    const controller = new AbortController();
    const options = { signal: controller.signal };
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    element.addEventListener(
      "dragover",
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        onHover(true);
      },
      options,
    );
    element.addEventListener("dragleave", () => onHover(false), options);
    element.addEventListener(
      "drop",
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        onHover(false);
        onDrop(filesOf(event.dataTransfer));
      },
      options,
    );
    return () => controller.abort();
  };
}
