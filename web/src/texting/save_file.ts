import { saveFile } from "$/platform/save_file";

export function saveAsFile(name: string, content: unknown): void {
  saveFile(name, new Blob([JSON.stringify(content, null, 2)], { type: "application/json" }));
}
