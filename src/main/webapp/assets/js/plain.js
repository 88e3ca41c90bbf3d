// The room page of the Django Channels tutorial: {"message": …} both ways, no subprotocol.
import { onEnter } from './enter.js';
import { roomName, socketAddress } from './page.js';

const log = document.querySelector('#chat-log');
const input = document.querySelector('#chat-message-input');
const submit = document.querySelector('#chat-message-submit');
const address = socketAddress(roomName());
const waiting = []; // typed before the socket was open
let chatSocket;
let delay = 500;

function connect() {
  chatSocket = new WebSocket(address);

  chatSocket.onopen = () => {
    delay = 500;
    waiting.splice(0).forEach((frame) => chatSocket.send(frame));
  };

  chatSocket.onmessage = (event) => {
    log.value += JSON.parse(event.data).message + '\n';
  };

  chatSocket.onclose = (event) => {
    console.error('Chat socket closed unexpectedly', event.code, event.reason);
    if (event.code >= 4500) return; // the server asks not to come back
    setTimeout(connect, Math.random() * delay);
    delay = Math.min(delay * 2, 30_000);
  };
}

submit.onclick = () => {
  const frame = JSON.stringify({ message: input.value });
  if (chatSocket.readyState === WebSocket.OPEN) chatSocket.send(frame);
  else waiting.push(frame);
  input.value = '';
};

onEnter(input, () => submit.click());
input.focus();
connect();
