/** A name for a change: 128 random bits. crypto.randomUUID needs a secure context, and plain http intranets are none. */
export const newRef = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
