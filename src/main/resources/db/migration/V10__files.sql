-- Bytes that are kept somewhere, by their SHA-256. Who holds a row's lock decides whether they stay.
CREATE TABLE file_content (
    hash VARCHAR(64) PRIMARY KEY
);

-- What somebody has uploaded for a room, and the message that carries it once it is posted.
CREATE TABLE file (
    id         UUID                        PRIMARY KEY, -- random, so that it is known to those only who were told
    hash       VARCHAR(64)                 NOT NULL REFERENCES file_content (hash),
    owner_id   VARCHAR(64)                 NOT NULL,
    room_name  VARCHAR(200)                NOT NULL, -- as it was called then; the room need not exist yet
    name       VARCHAR(255)                NOT NULL,
    type       VARCHAR(40)                 NOT NULL,
    size       BIGINT                      NOT NULL,
    width      INTEGER                     NOT NULL, -- of an image, as it is shown; else 0
    height     INTEGER                     NOT NULL,
    thumbnail  VARCHAR(64) REFERENCES file_content (hash),
    message_id UUID,
    expires_at TIMESTAMP(3) WITH TIME ZONE -- when it is to be removed, unless it is posted before; null while its message is there
);

CREATE INDEX file_hash ON file (hash);
CREATE INDEX file_thumbnail ON file (thumbnail);
CREATE INDEX file_message ON file (message_id);
CREATE INDEX file_expiry ON file (expires_at);

-- The bytes themselves, where the database keeps them.
CREATE TABLE file_chunk (
    hash   VARCHAR(64) NOT NULL,
    number INTEGER     NOT NULL,
    bytes  BYTEA       NOT NULL,
    PRIMARY KEY (hash, number)
);

-- What is told of the files of a message, as JSON, so that reading a message without files costs no look-up.
ALTER TABLE message ADD COLUMN files VARCHAR(100000);
