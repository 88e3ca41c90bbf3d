/**
 * A name for a change: the time, so that the server's index of them is written at its end, and 80 random bits.
 * crypto.randomUUID needs a secure context, and plain http intranets are none.
 */
export const newRef = () =>
  Date.now().toString(16).padStart(12, '0') +
  Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => byte.toString(16).padStart(2, '0')).join('');
