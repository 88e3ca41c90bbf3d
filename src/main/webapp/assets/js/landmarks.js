// F6 goes from one part of the page to the next: rooms, messages, the box to write in, people.
const STOPS = [ // each with what gets the focus there, the first that is to be seen
  ['nav', '[aria-current="page"]', '.room-link', 'a'],
  ['#log', '.msg[tabindex="0"]'],
  ['#composer', '#chat-message-input'],
  ['.entry', '#room-name-input'],
  ['#people', '#people-title'],
];

const isVisible = (element) => element?.checkVisibility();

/** @param step 1 for the next part, -1 for the one before */
export function goToLandmark(step) {
  const parts = STOPS.map(([part, ...stops]) => [document.querySelector(part), stops]).filter(([part]) => isVisible(part));
  const at = parts.findIndex(([part]) => part.contains(document.activeElement));
  const [part, stops] = parts.at((at < 0 && step < 0 ? 0 : at) + step) ?? parts[0];
  (stops.map((stop) => part.querySelector(stop)).find(isVisible) ?? part).focus();
}
