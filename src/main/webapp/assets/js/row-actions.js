// What can be done with a message of anybody: copy its link, answer with a quote, read on from it later.
import { at, call } from './api.js';
import { copy } from './clipboard.js';
import { mentionOf } from './mentionable.js';
import { spoken } from './message.js';
import { messageAddress } from './page.js';
import { installTools } from './row-tools.js';
import { words } from './words.js';

/** @param on {quote(text, mention of its author, a promise), turnBack(seq): shows what is unread from there; whether the server was told, tell(sentence)} */
export function rowActions({ rows, timeline, room, you }, on) {
  const said = (row) => row.matches('[data-id]:not(.note, .deleted)');
  const actions = {
    async copy(row) {
      await copy(new URL(messageAddress(room.name, row.dataset.id), location.href).href);
      on.tell(words.linkCopied);
    },
    quote(row) {
      const message = timeline.messageAt(row);
      const lines = spoken(message).split('\n').map((line) => `> ${line}`);
      on.quote(lines.join('\n'), mentionOf(message.author, room, you));
    },
    async unread(row) {
      const seq = Number(row.dataset.seq);
      if (you.guest) return;
      try {
        if (!on.turnBack(seq)) await call('PUT', at`rooms/${room.name}/seen`, { seq: seq - 1, back: true });
        on.tell(words.unreadFromHere);
      } catch ({ message }) {
        on.tell(message);
      }
    },
  };
  installTools(rows);
  rows.addEventListener('click', ({ target }) => {
    const action = actions[target.closest('.tools [data-do]')?.dataset.do];
    action?.(target.closest('.msg'));
  });
  const byKey = (action) => (row) => said(row) && action(row);
  return { c: byKey(actions.copy), r: byKey(actions.quote), u: byKey(actions.unread) };
}
