const NEAR = 600; // px from the end of what is shown at which more is asked for

/** Calls back with which messages, older or newer ones, come next when somebody scrolls on. */
export function onNearEnd(log, further) {
  let former = 0;
  log.addEventListener('scroll', () => {
    if (log.scrollTop < former && log.scrollTop < NEAR) further('older');
    if (log.scrollTop > former && log.scrollHeight - log.scrollTop - log.clientHeight < NEAR) further('newer');
    former = log.scrollTop;
  }, { passive: true });
}
