import { faultOf, wayOut } from './closed.js';
import { clock } from './time.js';
import { words } from './words.js';

const GRACE = 2_000; // short interruptions are nobody's business

/** The strip under the header that says what is wrong with the connection, and what can be done. */
export class Banner {
  #element;
  #connection;
  #timer; // until an interruption is told of; an attempt that fails meanwhile does not start it anew

  constructor(element, connection) {
    this.#element = element;
    this.#connection = connection;
    ['online', 'offline'].forEach((change) => addEventListener(change, () => this.show()));
    this.show();
  }

  /** The connection has changed. */
  show() {
    const { state, reason } = this.#connection;
    if (state === 'live') this.#clear();
    else if (state === 'closed') this.#closed(reason);
    else if (!navigator.onLine) this.#say(words.offline, words.retryNow, () => this.#connection.retry());
    else this.#timer ??= setTimeout(() => this.#connecting(), this.#element.childElementCount ? 0 : GRACE);
  }

  #closed(reason) {
    const fault = faultOf(this.#connection.code);
    const way = wayOut(fault);
    if (way) this.#say(words.closedFor[fault] || reason || words.closed, ...way);
    else this.#clear();
  }

  #connecting() {
    const { state, reason, lastUpdate } = this.#connection;
    const since = lastUpdate ? ` ${words.lastUpdate(clock(lastUpdate))}` : '';
    this.#say([reason, words.connection[state] + since].filter(Boolean).join(' '), words.retryNow, () => this.#connection.retry());
  }

  #say(text, label, action) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'link';
    button.textContent = label;
    button.addEventListener('click', action);
    const line = document.createElement('p');
    line.append(text, ' ', button);
    this.#stopTimer();
    this.#element.dataset.state = this.#connection.state;
    this.#element.replaceChildren(line);
  }

  #clear() {
    this.#stopTimer();
    this.#element.replaceChildren();
  }

  #stopTimer() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
