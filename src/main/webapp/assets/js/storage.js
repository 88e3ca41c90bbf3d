/** What the action gives; nothing where storage is forbidden, full, or holds something else. */
export function stored(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}
