// Of what in a room its reader wants to be told: everything, mentions or nothing.

/** What counts where nothing was chosen, and where a server of before tells of no level. */
export const usualLevel = ({ kind }) => (kind === 'direct' ? 'everything' : 'mentions');

/** How much in this room asks for the reader. */
export const asking = ({ notifications, unread = 0, mentions = 0 }) =>
  ({ everything: unread, mentions, nothing: 0 }[notifications] ?? 0);

export const isMuted = ({ notifications }) => notifications === 'nothing';
