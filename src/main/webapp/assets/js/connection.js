import { jitter } from './backoff.js';

const SUBPROTOCOL = 'foyer.v1';
const PATIENCE = 10_000; // for the handshake and the welcome
const STABLE = 5_000; // a connection that lived this long starts the back-off anew
const AT_ONCE = 4409; // the doors of the room have changed: nothing is wrong, one has to pass them anew
const SOON = 250; // ms in which all that were in the room do so
const FOR_GOOD = (code) => code >= 4500 && code <= 4999;

/** A socket that comes back. States: connecting, live, reconnecting, closed (for good). */
export class Connection {
  state = 'connecting';
  reason = ''; // of the last close, in the server's words
  code = 0; // of the last close
  lastUpdate = null;
  #address;
  #on;
  #socket;
  #timer;
  #attempts = 0;
  #liveSince = Infinity;

  /** @param address tells where to connect to, anew for every attempt; @param on {events(array), state(state, reason), also after each attempt that failed} */
  constructor(address, on) {
    this.#address = address;
    this.#on = on;
    addEventListener('online', () => this.retry());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.retry();
    });
  }

  open() {
    clearTimeout(this.#timer);
    const socket = new WebSocket(this.#address(), [SUBPROTOCOL]);
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      const events = JSON.parse(data);
      this.lastUpdate = new Date();
      if (socket === this.#socket && Array.isArray(events)) this.#on.events(events);
    };
    socket.onclose = ({ code, reason }) => {
      if (socket === this.#socket) this.#lost(code, reason);
    };
    this.#timer = setTimeout(() => this.#abandon(), PATIENCE);
  }

  /** The server has said welcome: from now on frames may be sent. */
  welcomed() {
    clearTimeout(this.#timer);
    this.#liveSince = Date.now();
    this.#become('live');
  }

  /** Whether the frame went to the socket; what becomes of it there only the server's answer tells. */
  send(frame) {
    if (this.state !== 'live' || this.#socket.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Ends the wait for the next attempt. */
  retry() {
    if (this.#socket === null && this.state !== 'closed') this.open();
  }

  /** Ends it for good, as the server does with this code. @param reason for people */
  end(code, reason = '') {
    const socket = this.#socket;
    this.#lost(code, reason);
    socket?.close();
  }

  #abandon() {
    const socket = this.#socket;
    this.#lost(1006, '');
    socket.close();
  }

  #lost(code, reason) {
    this.#socket = null;
    this.code = code;
    clearTimeout(this.#timer);
    if (FOR_GOOD(code)) {
      this.#become('closed', reason);
      return;
    }
    if (Date.now() - this.#liveSince > STABLE) this.#attempts = 0;
    this.#liveSince = Infinity;
    const wait = code === AT_ONCE ? Math.random() * SOON : jitter(this.#attempts++);
    this.#timer = setTimeout(() => this.open(), wait);
    this.#become(this.lastUpdate ? 'reconnecting' : 'connecting', reason);
  }

  #become(state, reason = '') {
    this.state = state;
    this.reason = reason;
    this.#on.state(state, reason);
  }
}
