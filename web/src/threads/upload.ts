import { requestHeaders } from "$/platform/api";
import { Offline, readRefusal } from "$/platform/problems";
import type { AttachmentView } from "$/platform/types";

/**
 * Send one file. `fileId` is its Idempotency-Key: sending it again gives the same attachment.
 *
 * XMLHttpRequest, because fetch cannot tell how far an upload has come.
 */
export function uploadFile(
  threadId: string,
  file: { id: string; name: string; blob: Blob },
  onProgress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<AttachmentView> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/threads/${threadId}/attachments?file_name=${encodeURIComponent(file.name)}`);
    const headers = {
      ...requestHeaders(),
      "Idempotency-Key": file.id,
      "Content-Type": file.blob.type || "application/octet-stream",
    };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => {
      const isStored = request.status >= 200 && request.status < 300;
      if (isStored) resolve(JSON.parse(request.responseText) as AttachmentView);
      else reject(readRefusal(request.status, parsed(request.responseText), request.getResponseHeader("Retry-After")));
    };
    request.onerror = () => reject(new Offline());
    request.onabort = () => reject(new DOMException("Upload cancelled", "AbortError"));
    signal?.addEventListener("abort", () => request.abort());
    request.send(file.blob);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
