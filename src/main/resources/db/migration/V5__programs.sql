-- What was done that somebody may have to answer for. Rows are added and never changed; each hash covers the one before.
CREATE TABLE audit_entry (
    number  BIGINT        PRIMARY KEY, -- taken from audit_chain under the lock of its row
    at      TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    actor   VARCHAR(100)  NOT NULL,
    action  VARCHAR(100)  NOT NULL,
    subject VARCHAR(300)  NOT NULL,
    detail  VARCHAR(1000) NOT NULL,
    hash    VARCHAR(64)   NOT NULL
);

-- Where the chain ends; one row. Entries that were cut off at the end are missed by it.
CREATE TABLE audit_chain (
    id          SMALLINT    PRIMARY KEY,
    last_number BIGINT      NOT NULL,
    last_hash   VARCHAR(64) NOT NULL
);

INSERT INTO audit_chain (id, last_number, last_hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Personal access tokens. Id and hash both follow from the secret, by different one-way functions; it is stored nowhere.
CREATE TABLE access_token (
    id         VARCHAR(64)                 PRIMARY KEY, -- t-…, safe to show
    person_id  VARCHAR(64)                 NOT NULL REFERENCES person (id),
    hash       VARCHAR(64)                 NOT NULL,
    label      VARCHAR(200)                NOT NULL,
    scope      VARCHAR(8)                  NOT NULL, -- READ, WRITE or ADMIN
    created_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP(3) WITH TIME ZONE,
    used_at    TIMESTAMP(3) WITH TIME ZONE -- at most a minute too old
);

CREATE INDEX access_token_person ON access_token (person_id, created_at);

-- Tickets that open one socket each, in the name of whoever fetched them; all times are those of the database's clock.
CREATE TABLE socket_ticket (
    hash       VARCHAR(64)                 PRIMARY KEY,
    person_id  VARCHAR(64)                 NOT NULL REFERENCES person (id),
    proof_kind VARCHAR(8)                  NOT NULL, -- how who fetched it was recognised, and is going to be
    proof_id   VARCHAR(64)                 NOT NULL,
    scope      VARCHAR(8)                  NOT NULL,
    proof_ends TIMESTAMP(3) WITH TIME ZONE,
    as_of      BIGINT                      NOT NULL, -- changes of access after this number may void it
    expires_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

CREATE INDEX socket_ticket_expiry ON socket_ticket (expires_at);
