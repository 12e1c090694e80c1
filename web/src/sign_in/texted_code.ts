declare global {
  interface CredentialRequestOptions {
    otp?: { transport: "sms"[] };
  }
}

/** The code in the next text to this phone, if its browser reads it for us (WebOTP) and the person agrees. */
export async function textedCode(signal: AbortSignal): Promise<string | null> {
  if (!("OTPCredential" in window)) return null;
  try {
    const found = await navigator.credentials.get({ otp: { transport: ["sms"] }, signal });
    return found !== null && "code" in found && typeof found.code === "string" ? found.code : null;
  } catch {
    return null; // not agreed to, or not needed any more: the code can be typed
  }
}

/** Waits for the code until it is called off by what this returns. */
export function awaitTextedCode(onCode: (code: string) => void): () => void {
  const stop = new AbortController();
  void textedCode(stop.signal).then((code) => {
    if (code !== null && !stop.signal.aborted) onCode(code);
  });
  return () => stop.abort();
}
