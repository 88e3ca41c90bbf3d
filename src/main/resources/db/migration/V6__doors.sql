-- Rooms with doors: who may enter, what a room is about, and whether it can only be read.
ALTER TABLE room ADD COLUMN kind VARCHAR(8) NOT NULL DEFAULT 'OPEN'; -- OPEN, CLOSED or DIRECT
ALTER TABLE room ADD COLUMN topic VARCHAR(500) NOT NULL DEFAULT '';
ALTER TABLE room ADD COLUMN archived_at TIMESTAMP(3) WITH TIME ZONE;
ALTER TABLE room ADD COLUMN created_by VARCHAR(64);
ALTER TABLE room ADD COLUMN created_from VARCHAR(64); -- the address of a guest, to count what they open
CREATE INDEX room_created_from ON room (created_from, created_at);

CREATE TABLE room_member (
    room_id   BIGINT                      NOT NULL REFERENCES room (id),
    person_id VARCHAR(64)                 NOT NULL REFERENCES person (id),
    role      VARCHAR(16)                 NOT NULL, -- MEMBER, MODERATOR or ADMINISTRATOR
    joined_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (room_id, person_id)
);

CREATE INDEX room_member_person ON room_member (person_id, room_id);

-- What rooms were called before. Such a name leads to its room for ever and is nobody else's: who still writes to the
-- old name of a closed room must not find themselves in a new one that everybody reads.
CREATE TABLE former_name (
    name    VARCHAR(200) PRIMARY KEY, -- never that of a room
    room_id BIGINT       NOT NULL REFERENCES room (id)
);

CREATE INDEX former_name_room ON former_name (room_id);

-- What happened to the room itself, numbered among its messages; the body then says the new name, topic or role.
ALTER TABLE message ADD COLUMN note VARCHAR(16);
ALTER TABLE message ADD COLUMN subject_id VARCHAR(64); -- whom it is about
ALTER TABLE message ADD COLUMN subject_name VARCHAR(100);
