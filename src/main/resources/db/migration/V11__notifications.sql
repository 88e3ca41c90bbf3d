-- Of what in a room somebody wants to be told while they do not look at it. No row: they have not chosen.
CREATE TABLE notification_level (
    person_id VARCHAR(64) NOT NULL REFERENCES person (id),
    room_id   BIGINT      NOT NULL, -- without a foreign key, see V7
    level     VARCHAR(16) NOT NULL, -- EVERYTHING, MENTIONS or NOTHING
    PRIMARY KEY (person_id, room_id)
);
