-- What people have read. Messages are counted from here on: each knows how many were said in its room up to it, so that
-- what is unread is a difference and nobody ever counts.
ALTER TABLE room ADD COLUMN posts BIGINT NOT NULL DEFAULT 0; -- changes under the lock of the row, as last_seq does
ALTER TABLE message ADD COLUMN ordinal BIGINT NOT NULL DEFAULT 0;

-- Without foreign keys to room: they would make people who read wait for the lanes that write, and these for them.
CREATE TABLE reading (
    person_id  VARCHAR(64) NOT NULL REFERENCES person (id),
    room_id    BIGINT      NOT NULL,
    seen_seq   BIGINT      NOT NULL, -- the place up to which the person has seen the room; only grows
    seen_posts BIGINT      NOT NULL, -- how many messages lie up to there
    PRIMARY KEY (person_id, room_id)
);

CREATE INDEX reading_room ON reading (room_id);

-- Who is mentioned by a message as it is now; * is everybody in the room.
CREATE TABLE mention (
    person_id VARCHAR(64) NOT NULL,
    room_id   BIGINT      NOT NULL,
    seq       BIGINT      NOT NULL,
    PRIMARY KEY (person_id, room_id, seq)
);

CREATE INDEX mention_message ON mention (room_id, seq);
