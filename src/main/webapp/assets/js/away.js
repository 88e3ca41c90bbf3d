const IDLE = 5 * 60_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel'];

/** Tells the server when nobody has touched this page for a while, and when somebody does again. */
export class Away {
  #send;
  #away = false;
  #touchedAt = Date.now();

  constructor(send) {
    this.#send = send;
    SIGNS.forEach((sign) => addEventListener(sign, () => this.#touched(), { passive: true, capture: true }));
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.#touched();
    });
    this.#look();
  }

  /** A new connection counts as active. */
  welcomed() {
    if (this.#away) this.#send({ type: 'away.start' });
  }

  #touched() {
    this.#touchedAt = Date.now();
    if (!this.#away) return;
    this.#away = false;
    this.#send({ type: 'away.end' });
    this.#look();
  }

  /** Looks again when the time would be up; a timer for every movement of the mouse would be many. */
  #look() {
    const left = this.#touchedAt + IDLE - Date.now();
    if (left > 0) {
      setTimeout(() => this.#look(), left);
    } else {
      this.#away = true;
      this.#send({ type: 'away.start' });
    }
  }
}
