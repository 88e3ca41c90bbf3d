// The dialog in which a room is made.
import { call } from './api.js';
import { Dialog } from './dialog.js';
import { roomAddress } from './page.js';
import { Picker } from './picker.js';
import { newRef } from './ref.js';

const FIELDS = { taken: 'name', room_name: 'name', too_long: 'topic', text_refused: 'topic' };

export function newRoomDialog(element, you) {
  const picker = new Picker(element.querySelector('.picker'), (id) => id === you.id);
  let ref;
  return new Dialog(element, {
    open() {
      ref = newRef(); // the same for every try: what was made is not made twice
      picker.clear();
    },
    async submit({ elements: { name, kind, topic } }) {
      const members = picker.chosen.map(({ id }) => id);
      const room = { name: name.value.trim(), kind: kind.value, topic: topic.value.trim(), members };
      const made = await call('POST', 'rooms', room, { 'Idempotency-Key': ref });
      location.assign(roomAddress(made?.name ?? room.name));
    },
    fieldOf({ code, field }) {
      ref = newRef(); // refused: the next try is another one
      return field || (FIELDS[code] ?? '');
    },
  });
}
