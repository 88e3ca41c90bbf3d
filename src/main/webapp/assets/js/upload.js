// One file on its way to the server. XMLHttpRequest, since fetch tells no progress of what it sends.
import { fileProblem } from './limits.js';
import { uploadAddress } from './page.js';
import { words } from './words.js';

const AT_ONCE = 2; // of one page; the others wait
const queue = [];
let running = 0;

function next() {
  while (running < AT_ONCE && queue.length) {
    running++;
    queue.shift()();
  }
}

/** States: waiting, running, done, failed, cancelled. */
export class Upload {
  state = 'waiting';
  progress = 0;
  problem = ''; // a sentence, when it has failed
  stored; // what the server says of it, once it is done
  #file;
  #room;
  #request;
  #on;

  constructor(file, room) {
    this.#file = file;
    this.#room = room;
  }

  /** What is known of it: without an id until it is stored. */
  get shown() {
    return this.stored ?? { name: this.#file.name, size: this.#file.size };
  }

  get settled() {
    return this.state === 'done' || this.state === 'failed' || this.state === 'cancelled';
  }

  /** @param changed is called when its state or progress is another one */
  watch(changed) {
    this.#on = changed;
  }

  start() {
    const problem = fileProblem(this.#file);
    if (problem) {
      this.#become('failed', problem);
      return;
    }
    this.progress = 0;
    this.#become('waiting');
    queue.push(() => (this.state === 'waiting' ? this.#send() : this.#over()));
    next();
  }

  cancel() {
    const request = this.state === 'running' && this.#request;
    this.#become('cancelled');
    if (request) request.abort();
  }

  #send() {
    const request = new XMLHttpRequest();
    this.#request = request;
    request.upload.onprogress = ({ loaded, total }) => {
      this.progress = total ? loaded / total : 0;
      this.#on?.();
    };
    request.onload = () => this.#answered(request);
    request.onerror = () => this.#become('failed', words.uploadBroken);
    request.onloadend = () => this.#over();
    request.open('POST', uploadAddress(this.#room, this.#file.name));
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('X-Foyer-Csrf', document.documentElement.dataset.csrf ?? '');
    request.send(this.#file);
    this.#become('running');
  }

  #answered({ status, responseText }) {
    const answer = jsonOf(responseText);
    if (status === 201 && answer) {
      this.stored = answer;
      this.progress = 1;
      this.#become('done');
    } else {
      this.#become('failed', answer?.detail ?? words.uploadBroken);
    }
  }

  #over() {
    running--;
    next();
  }

  #become(state, problem = '') {
    if (this.state === 'cancelled') return;
    Object.assign(this, { state, problem });
    this.#on?.();
  }
}

function jsonOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a proxy's page
  }
}
