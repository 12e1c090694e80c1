import { requestHeaders } from "$/platform/api";
import { Offline, Refusal, readRefusal } from "$/platform/problems";
import type { AttachmentView } from "$/platform/types";

export type FileToSend = { id: string; name: string; blob: Blob };

/** Above this a lost connection must not cost more than what was on its way. */
const IN_PARTS_ABOVE_BYTES = 256 * 1024;
const PART_TYPE = "application/offset+octet-stream";
const STALLED_AFTER_MS = 30_000;
/** The server looks at every file before it answers; a long video takes its time. */
const ANSWERS_WITHIN_MS = 300_000;
const MOST_PLACES_TRIED = 4;
const AGAIN_AFTER_MS = 300;

type Call = {
  method: "POST" | "PATCH";
  url: string;
  headers: Record<string, string>;
  body: Blob | null;
  onProgress: (sentBytes: number) => void;
  signal: AbortSignal | undefined;
};

/** Send one file. `id` is its Idempotency-Key: sending it again gives the same attachment, and goes on where it broke off. */
export async function uploadFile(
  threadId: string,
  file: FileToSend,
  onProgress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<AttachmentView> {
  if (file.blob.size > IN_PARTS_ABOVE_BYTES) return await uploadInParts(threadId, file, onProgress, signal);
  const request = await call({
    method: "POST",
    url: `/api/v1/threads/${threadId}/attachments?file_name=${encodeURIComponent(file.name)}`,
    headers: { "Idempotency-Key": file.id, "Content-Type": file.blob.type || "application/octet-stream" },
    body: file.blob,
    onProgress: (sent) => onProgress(sent / file.blob.size),
    signal,
  });
  return JSON.parse(request.responseText) as AttachmentView;
}

/** As tus 1.0 has it. Beginning again under the same key tells how far the file has come. */
async function uploadInParts(
  threadId: string,
  { id, name, blob }: FileToSend,
  onProgress: (fraction: number) => void,
  signal: AbortSignal | undefined,
): Promise<AttachmentView> {
  const plain = { headers: {}, body: null, onProgress: () => {}, signal };
  const sizes = {
    "Idempotency-Key": id,
    "Upload-Length": String(blob.size),
    "Upload-Metadata": `filename ${base64(name)}`,
  };
  for (let tried = 1; ; tried++) {
    const begun = await call({ ...plain, method: "POST", url: `/api/v1/threads/${threadId}/uploads`, headers: sizes });
    const from = Number(begun.getResponseHeader("Upload-Offset"));
    onProgress(from / blob.size);
    if (from === blob.size || (await sendRest(from))) break;
    if (tried === MOST_PLACES_TRIED) throw new Offline();
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
  }
  const made = await call({ ...plain, method: "POST", url: `/api/v1/uploads/${id}/attachment` });
  return JSON.parse(made.responseText) as AttachmentView;

  /** False when a request that was thought dead went on meanwhile, so that the file has got to another place. */
  async function sendRest(from: number): Promise<boolean> {
    try {
      const headers = { "Upload-Offset": String(from), "Content-Type": PART_TYPE };
      const progress = (sent: number) => onProgress((from + sent) / blob.size);
      await call({
        method: "PATCH",
        url: `/api/v1/uploads/${id}`,
        headers,
        body: blob.slice(from),
        onProgress: progress,
        signal,
      });
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.status === 409) return false;
      throw error;
    }
  }
}

/** What has come of a file that is not wanted any more takes up no room. Not important enough to be told, or tried again. */
export function dropUpload({ id, blob }: FileToSend): void {
  if (blob.size <= IN_PARTS_ABOVE_BYTES) return;
  const headers = requestHeaders();
  void fetch(`/api/v1/uploads/${id}`, { method: "DELETE", headers, keepalive: true }).catch(() => {});
}

/** XMLHttpRequest, because fetch cannot tell how far an upload has come. */
function call({ method, url, headers, body, onProgress, signal }: Call): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries({ ...requestHeaders(), ...headers }))
      request.setRequestHeader(name, value);
    const watch = watchOver(request, () => reject(new Offline()));
    request.upload.onprogress = (event) => {
      watch.within(STALLED_AFTER_MS);
      onProgress(event.loaded);
    };
    request.upload.onload = () => watch.within(ANSWERS_WITHIN_MS);
    request.onloadend = watch.end;
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request);
      else reject(readRefusal(request.status, parsed(request.responseText), request.getResponseHeader("Retry-After")));
    };
    request.onerror = () => reject(new Offline());
    request.onabort = () => reject(new DOMException("Upload cancelled", "AbortError"));
    signal?.addEventListener("abort", () => request.abort());
    watch.within(body === null ? ANSWERS_WITHIN_MS : STALLED_AFTER_MS);
    request.send(body);
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

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
