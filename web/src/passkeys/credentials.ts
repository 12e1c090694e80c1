import {
  type Asked,
  addPasskey,
  beginPasskey,
  beginSignIn,
  type Challenge,
  enter,
  type NewPasskey,
  type Passkey,
  type PasskeyProof,
  prove,
} from "./api";
import { fromBase64Url, toBase64Url } from "./bytes";

const PATIENCE_MS = 4 * 60_000; // less than the server has

/** Browsers make passkeys for a name, not for the number of a machine. */
export function canUsePasskeys(): boolean {
  return "PublicKeyCredential" in window && isSecureContext && !/^[\d.]+$|^\[/.test(location.hostname);
}

/** Whether this very device asks for a finger, a face or its screen lock. */
export async function canVerifyHere(): Promise<boolean> {
  return canUsePasskeys() && (await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable());
}

/** Whether passkeys show themselves among the suggestions of the field for the address. */
export async function canSuggest(): Promise<boolean> {
  return canUsePasskeys() && ((await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false);
}

export async function makePasskey(): Promise<Passkey> {
  return addPasskey(await made(await beginPasskey()));
}

/** What this device, or a key that is plugged in, makes of what the server asks for. */
export async function made(asked: Asked): Promise<NewPasskey> {
  const found = await navigator.credentials.create({
    publicKey: {
      challenge: fromBase64Url(asked.challenge),
      rp: { id: asked.site, name: "Pawline" },
      user: { id: fromBase64Url(asked.user_id), name: asked.user_name, displayName: asked.user_name },
      pubKeyCredParams: asked.algorithms.map((alg) => ({ type: "public-key", alg })),
      excludeCredentials: asked.known.map((id) => ({ type: "public-key", id: fromBase64Url(id) })),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      attestation: "none",
      timeout: PATIENCE_MS,
    },
  });
  if (!(found instanceof PublicKeyCredential && found.response instanceof AuthenticatorAttestationResponse))
    throw new DOMException("No passkey was made", "NotAllowedError");
  return {
    credential_id: toBase64Url(found.rawId),
    client_data: toBase64Url(found.response.clientDataJSON),
    attestation: toBase64Url(found.response.attestationObject),
  };
}

export async function signInByPasskey(): Promise<void> {
  await enter(await answer(await beginSignIn()));
}

/** In the session that one has: it is still oneself. */
export async function proveByPasskey(): Promise<void> {
  await prove(await answer(await beginSignIn()));
}

/** `conditional`: as a suggestion of the field for the address, for as long as the screen is open. */
export async function answer(
  asked: Challenge,
  mediation: "optional" | "conditional" = "optional",
  signal: AbortSignal = new AbortController().signal,
): Promise<PasskeyProof> {
  signal.throwIfAborted();
  const found = await navigator.credentials.get({
    publicKey: {
      challenge: fromBase64Url(asked.challenge),
      rpId: asked.site,
      userVerification: "required",
      timeout: PATIENCE_MS,
    },
    mediation,
    signal,
  });
  if (!(found instanceof PublicKeyCredential && found.response instanceof AuthenticatorAssertionResponse))
    throw new DOMException("No passkey was used", "NotAllowedError");
  const { clientDataJSON, authenticatorData, signature, userHandle } = found.response;
  return {
    credential_id: toBase64Url(found.rawId),
    client_data: toBase64Url(clientDataJSON),
    authenticator_data: toBase64Url(authenticatorData),
    signature: toBase64Url(signature),
    user_handle: toBase64Url(userHandle ?? new ArrayBuffer(0)),
  };
}

/** Suggests passkeys until it is called off by what this returns; each challenge is replaced before it is too old. */
export function suggestPasskeys(onSignedIn: () => void, onRefused: (error: unknown) => void): () => void {
  const stop = new AbortController();
  let turn = new AbortController();
  const renewing = setInterval(() => turn.abort(), PATIENCE_MS);
  stop.signal.addEventListener("abort", () => turn.abort());

  async function suggest(): Promise<void> {
    if (!(await canSuggest())) return;
    while (!stop.signal.aborted) {
      turn = new AbortController();
      const asked = await beginSignIn().catch(() => null);
      if (asked === null) return; // nobody has asked for suggestions: they are missed in silence
      try {
        await enter(await answer(asked, "conditional", turn.signal));
        return onSignedIn();
      } catch (error) {
        if (!turn.signal.aborted) return onRefused(error);
      }
    }
  }

  void suggest();
  return () => {
    clearInterval(renewing);
    stop.abort();
  };
}
