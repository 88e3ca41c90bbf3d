// When to try again. "Full jitter": a random time below a doubling ceiling, so that many clients do not return in step.
const FIRST = 500; // ms
const LONGEST = 30_000;
const TEMPORARY = new Set(['rate', 'busy', 'unavailable']);

export const jitter = (attempts) => Math.random() * Math.min(LONGEST, FIRST * 2 ** attempts);

/** How long to wait before the refused frame is sent again; undefined if that would not help. */
export const delayAfter = ({ code, retryAfter }, attempts) =>
  TEMPORARY.has(code) ? retryAfter ?? jitter(attempts) : undefined;
