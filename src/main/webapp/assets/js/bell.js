// The bell of a room: of what its reader wants to be told, and whether on the desktop of this computer, too.
import { at, call } from './api.js';
import { desktopState, turnOff, turnOn } from './desktop.js';
import { words } from './words.js';

export class Bell {
  #button;
  #panel;
  #room;
  #level;
  #choices = 0; // on their way to the server

  /** @param room the room that is open, as {name} */
  constructor(button, panel, room) {
    this.#button = button;
    this.#panel = panel;
    this.#room = room;
    this.#show(button.dataset.level);
    panel.addEventListener('toggle', () => this.#showDesktop());
    panel.addEventListener('change', ({ target }) => this.#choose(target.value));
    panel.querySelector('.desktop button').addEventListener('click', () => this.#turn());
  }

  /** What the stream tells, perhaps of before the choice that is on its way. */
  told(level) {
    if (!this.#choices) this.#show(level);
  }

  #show(level) {
    this.#level = level;
    this.#button.dataset.level = level;
    this.#panel.querySelector(`[value="${level}"]`).checked = true;
  }

  async #choose(level) {
    const before = this.#level;
    const problem = this.#panel.querySelector('.problem');
    problem.textContent = '';
    this.#show(level);
    this.#choices++;
    try {
      await call('PUT', at`rooms/${this.#room.name}/notifications`, { level });
    } catch ({ message }) {
      this.#show(before);
      problem.textContent = message;
    } finally {
      this.#choices--;
    }
  }

  async #turn() {
    if (desktopState() === 'on') turnOff();
    else await turnOn();
    this.#showDesktop();
  }

  #showDesktop() {
    const state = desktopState();
    const button = this.#panel.querySelector('.desktop button');
    this.#panel.querySelector('.desktop p').textContent = words.desktop[state];
    button.hidden = !(state in words.desktopTurn);
    button.textContent = words.desktopTurn[state] ?? '';
  }
}
