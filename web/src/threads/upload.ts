import { requestHeaders } from "$/platform/api";
import { Offline, readRefusal } from "$/platform/problems";
import type { AttachmentView } from "$/platform/types";

const STALLED_AFTER_MS = 30_000;
/** The server looks at every file before it answers; a long video takes its time. */
const ANSWERS_WITHIN_MS = 300_000;

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
    const watch = watchOver(request, () => reject(new Offline()));
    request.upload.onprogress = (event) => {
      watch.within(STALLED_AFTER_MS);
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.upload.onload = () => watch.within(ANSWERS_WITHIN_MS);
    request.onloadend = watch.end;
    request.onload = () => {
      const isStored = request.status >= 200 && request.status < 300;
      if (isStored) resolve(JSON.parse(request.responseText) as AttachmentView);
      else reject(readRefusal(request.status, parsed(request.responseText), request.getResponseHeader("Retry-After")));
    };
    request.onerror = () => reject(new Offline());
    request.onabort = () => reject(new DOMException("Upload cancelled", "AbortError"));
    signal?.addEventListener("abort", () => request.abort());
    watch.within(STALLED_AFTER_MS);
    request.send(file.blob);
  });
}

/** A phone that loses its network in the middle of an upload may never say so to the request. */
function watchOver(request: XMLHttpRequest, onLost: () => void): { within: (ms: number) => void; end: () => void } {
  let timer = 0;
  const lose = () => {
    onLost();
    request.abort();
  };
  const within = (ms: number) => {
    clearTimeout(timer);
    timer = window.setTimeout(lose, ms);
  };
  const end = () => {
    clearTimeout(timer);
    removeEventListener("offline", lose);
  };
  addEventListener("offline", lose);
  return { within, end };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
